import { DECISIONS } from "@/lib/chain/model.ts";
import type { Dataset } from "./dataset.ts";
import { type RowStatuses, STATUS_NAMES } from "./statuses.ts";

const DENY = DECISIONS.indexOf("deny");
const SELF_CONSISTENT = STATUS_NAMES.indexOf("self-consistent");

/**
 * Receipts whose worst copy does not deny while another copy, whose signature and content hold, does: by the row
 * that stands for the receipt, the row that denies. Whoever can add a file could else take a refusal out of every
 * count with a forged copy that says allow.
 */
export function denyingCopies(
  dataset: Dataset,
  { ofRow, standsFor }: Pick<RowStatuses, "ofRow" | "standsFor">,
): ReadonlyMap<number, number> {
  const { rows, chain } = dataset;
  const denies = new Uint8Array(rows.count);
  for (const { first, count, chain: unit } of chain.units) {
    for (let at = 0; at < count; at += 1) {
      denies[first + at] = unit.steps.decision[at] === DENY ? 1 : 0;
    }
  }
  const denying = new Map<number, number>();
  for (const { first, count } of rows.inOrder()) {
    for (let row = first; row < first + count; row += 1) {
      const stands = standsFor[row] ?? row;
      if (stands === row || denies[row] !== 1 || denies[stands] === 1) {
        continue;
      }
      const status = ofRow[row] ?? STATUS_NAMES.length;
      const known = denying.get(stands);
      // The best of them, the first of equals in the order of the files.
      if (status <= SELF_CONSISTENT && (known === undefined || status < (ofRow[known] ?? 0))) {
        denying.set(stands, row);
      }
    }
  }
  return denying;
}
