import type { JsonObject } from "@/kernel/json/value.ts";
import type { Member } from "@/lib/ingest/record.ts";
import type { Conclusion } from "./conclude.ts";
import type { Dataset } from "./dataset.ts";
import type { Platform } from "./platform.ts";
import { readAgain } from "./read-again.ts";
import { findRepair, type RepairView } from "./repair.ts";
import { FLAG } from "./unit-result.ts";

/** Copies that are read again; a file may repeat one id without end. */
const MOST_COPIES = 8;

/**
 * With what a receipt that does not fit its signature would: looks at the same receipt elsewhere in what
 * was dropped, and at the keys met in it, pinned ones first.
 */
export async function receiptRepair(
  dataset: Dataset,
  members: ReadonlyMap<number, Member>,
  row: number,
  receipt: JsonObject,
  platform: Platform,
): Promise<RepairView | null> {
  const { conclusion, rows } = dataset;
  if (conclusion === null) {
    return null;
  }
  const copies: { readonly row: number; readonly receipt: JsonObject }[] = [];
  for (const copy of fittingCopies(dataset, conclusion, row)) {
    const member = members.get(rows.memberOf(copy));
    if (member !== undefined) {
      const { recognised } = await readAgain(dataset, member, copy);
      copies.push({ row: copy, receipt: recognised.value });
    }
  }
  const keys = usableKeys(conclusion);
  const repair = await findRepair(receipt, copies, keys, platform);
  if (repair === null) {
    return null;
  }
  return {
    differences: repair.differences,
    copy: repair.kind === "copy" ? copyView(dataset, repair.copy) : null,
  };
}

/**
 * Rows with the same id whose signature fits, first those under the same key: a copy that somebody signed
 * anew with a key of their own must not stand before the original.
 */
function fittingCopies({ rows }: Dataset, conclusion: Conclusion, row: number): readonly number[] {
  const { copies } = conclusion;
  const usable = new Set(usableKeys(conclusion));
  const found: number[] = [];
  for (let at = copies.first[row] ?? -1; at !== -1; at = copies.next[at] ?? -1) {
    if (at !== row && rows.has(at, FLAG.signatureFits) && usable.has(rows.keyOf(at))) {
      found.push(at);
    }
  }
  const isOther = (at: number): number => Number(rows.key[at] !== rows.key[row]);
  return found.sort((a, b) => isOther(a) - isOther(b)).slice(0, MOST_COPIES);
}

/** Keys met in the data, pinned ones first; what fits under a weak key says nothing. */
function usableKeys({ verdict }: Conclusion): readonly string[] {
  const isOther = (standing: string): number => Number(standing !== "pinned");
  return verdict.keys
    .filter(({ standing }) => standing !== "weak")
    .sort((a, b) => isOther(a.standing) - isOther(b.standing))
    .map(({ key }) => key);
}

function copyView({ members, rows }: Dataset, copy: number): NonNullable<RepairView["copy"]> {
  return {
    row: rows.numberOf(copy),
    file: members.pathOf(rows.memberOf(copy)),
    line: members.lineNumbers()(rows.placeOf(copy, "")),
  };
}
