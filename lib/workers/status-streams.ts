import { statusBatch } from "@/lib/database/receipt-batch.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import type { Rows } from "@/lib/verification/rows.ts";
import { NOT_CHECKED, STATUS_NAMES } from "@/lib/verification/statuses.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";

/** Rows of one stream; a transaction holds all of them. */
const STREAM_ROWS = 122_880;

/** In the order of the numbers in `INCLUSION` of lib/verification. */
const INCLUSION_NAMES = ["none", "included", "does-not-fit"] as const;

/**
 * What every receipt of the database amounts to, in the order in which its units were inserted: the
 * database pairs the two tables by position.
 *
 * @param inserted first rows of the units that are in the database
 */
export function statusStreams(
  rows: Rows,
  {
    statuses,
    denying,
    inclusion,
    checkpoints,
  }: Pick<Conclusion, "statuses" | "denying" | "inclusion" | "checkpoints">,
  inserted: readonly number[],
): readonly Uint8Array[] {
  const units = new Map(rows.units.map((unit) => [unit.rowBase, unit]));
  const streams: Uint8Array[] = [];
  let pending: { number: number; row: number }[] = [];
  const flush = (): void => {
    const stream = statusBatch({
      row: Int32Array.from(pending, ({ number }) => number),
      integrity: Int32Array.from(pending, ({ row }) => statuses.ofRow[row] ?? NOT_CHECKED),
      integrityNames: STATUS_NAMES,
      inclusion: Int32Array.from(pending, ({ row }) => inclusion.state[row] ?? 0),
      inclusionNames: INCLUSION_NAMES,
      copyOf: BigUint64Array.from(pending, ({ row }) => {
        const other = statuses.standsFor[row] ?? row;
        return other === row ? NO_NUMBER : BigInt(rows.numberOf(other));
      }),
      speaks: Uint8Array.from(pending, ({ row }) => {
        const stands = statuses.standsFor[row] ?? row;
        return (denying.get(stands) ?? stands) === row ? 1 : 0;
      }),
      checkpointSeq: BigUint64Array.from(pending, ({ row }) => {
        const seq = checkpoints[inclusion.checkpoint[row] ?? -1]?.seq ?? Number.NaN;
        return Number.isNaN(seq) ? NO_NUMBER : BigInt(seq);
      }),
    });
    if (stream !== null) {
      streams.push(stream);
    }
    pending = [];
  };
  for (const rowBase of inserted) {
    const unit = units.get(rowBase);
    if (unit === undefined) {
      throw new Error(`no unit begins at row ${rowBase}`);
    }
    for (let index = 0; index < unit.count; index += 1) {
      pending.push({ number: rowBase + index, row: unit.first + index });
    }
    if (pending.length >= STREAM_ROWS) {
      flush();
    }
  }
  flush();
  return streams;
}
