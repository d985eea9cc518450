import { deadLetterStatusBatch } from "@/lib/database/dead-letter-batch.ts";
import { checkpointStreams, fileStreams, findingStreams } from "@/lib/database/document-batch.ts";
import { delegationStreams, edgeStreams } from "@/lib/database/edge-batch.ts";
import type { ConclusionStreams } from "@/lib/database/streams.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import { AGREEMENTS } from "@/lib/verification/dead-letter-checks.ts";
import type { RelatedDeadLetters } from "@/lib/verification/dead-letters.ts";
import { readDelegations } from "@/lib/verification/delegations.ts";
import type { Rows } from "@/lib/verification/rows.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import { statusStreams } from "./status-streams.ts";

/**
 * What a conclusion says, for the tables of the database.
 *
 * @param inserted first rows of the units that are in the database, in the order of insertion
 */
export function conclusionStreams(
  dataset: Dataset,
  conclusion: Conclusion,
  inserted: readonly number[],
): ConclusionStreams {
  const { report } = conclusion.verdict;
  return {
    receipt_status: statusStreams(dataset.rows, conclusion, inserted),
    edge: edgeStreams(conclusion.chain),
    delegation: delegationStreams(readDelegations(dataset.others).values()),
    dead_letter_status: deadLetterStreams(dataset, conclusion.deadLetters, inserted),
    checkpoint: checkpointStreams(conclusion.checkpoints, (id) => dataset.members.pathOf(id)),
    finding: findingStreams(report.findings),
    input_file: fileStreams(report.inputs),
  };
}

/** In the order of insertion: the database pairs the two tables by position. */
function deadLetterStreams(
  { rows, deadLetters }: Dataset,
  related: RelatedDeadLetters,
  inserted: readonly number[],
): readonly Uint8Array[] {
  const units = new Map(deadLetters.units.map((unit) => [unit.rowBase, unit]));
  const indexes: number[] = [];
  const records: number[] = [];
  for (const rowBase of inserted) {
    const unit = units.get(rowBase);
    for (let at = 0; at < (unit?.columns.count ?? 0); at += 1) {
      indexes.push((unit?.first ?? 0) + at);
      records.push(rowBase + at);
    }
  }
  const batch = deadLetterStatusBatch({
    record: Int32Array.from(records),
    receiptRow: BigUint64Array.from(indexes, (index) => numberOf(rows, related.row[index] ?? -1)),
    isClaim: Uint8Array.from(indexes, (index) => related.isClaim[index] ?? 0),
    copyOf: BigUint64Array.from(indexes, (index) => {
      const other = related.copyOf[index] ?? -1;
      return other === -1 ? NO_NUMBER : BigInt(other);
    }),
    verdicts: Int32Array.from(indexes, (index) => related.verdicts[index] ?? 0),
    payload: Int32Array.from(indexes, (index) => related.payload[index] ?? 0),
    agreements: AGREEMENTS,
  });
  return batch === null ? [] : [batch];
}

/** The number in the database of the row that stands for a receipt. */
function numberOf(rows: Rows, row: number): bigint {
  return row === -1 ? NO_NUMBER : BigInt(rows.numberOf(row));
}
