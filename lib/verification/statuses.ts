import { INCLUSION } from "./batch-trees.ts";
import type { Relations } from "./conclude.ts";
import { HashTable } from "./hash-table.ts";
import type { ReceiptStatus } from "./report.ts";
import type { Rows } from "./rows.ts";
import { PINNED, WEAK } from "./standing.ts";
import { FLAG, FORMS } from "./unit-result.ts";

/** In the order of {@link RowStatuses.ofRow}'s numbers, best first; `unsigned` rows are no receipts. */
export const STATUS_NAMES = [
  "verified",
  "verified-not-checkpointed",
  "self-consistent",
  "not-checked",
  "does-not-verify",
  "unsigned",
] as const satisfies readonly (ReceiptStatus | "unsigned")[];

const VERIFIED = 0;
const VERIFIED_NOT_CHECKPOINTED = 1;
const SELF_CONSISTENT = 2;
/** Also what a row without a status is: never the best of them. */
export const NOT_CHECKED = 3;
const DOES_NOT_VERIFY = 4;
const UNSIGNED = 5;

/** What every row amounts to, and the counts over distinct receipts. */
export interface RowStatuses {
  /** For each row of the dataset, an index into {@link STATUS_NAMES}. */
  readonly ofRow: Uint8Array;
  /**
   * For each row, the row that stands for its receipt: the first of its worst copies in the order of the
   * files, itself for most. An unsigned denial has no copies but those that say the same.
   * Lists show one row for each receipt, and that is the one which must not be overlooked.
   */
  readonly standsFor: Int32Array;
  readonly byStatus: Readonly<Record<ReceiptStatus, number>>;
  readonly byForm: Readonly<Record<string, number>>;
  readonly receipts: number;
  readonly synthetic: number;
  readonly fit: number;
  readonly fail: number;
  readonly unsupported: number;
  readonly uncheckable: number;
  readonly pinned: number;
  readonly unaltered: number;
  readonly included: number;
  readonly notCovered: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Gives each row its status. A receipt with several copies is as good as its worst one, since nobody can
 * say which copy an auditor was meant to see; what is proved of a leaf holds for every copy of it.
 */
export function settleRows({ dataset, copies, inclusion, standings }: Relations): RowStatuses {
  const { rows } = dataset;
  const ofRow = new Uint8Array(rows.count);
  const standsFor = Int32Array.from({ length: rows.count }, (_, row) => row);
  for (let row = 0; row < rows.count; row += 1) {
    ofRow[row] = statusOf(row);
  }
  const counts = {
    receipts: 0,
    synthetic: 0,
    fit: 0,
    fail: 0,
    unsupported: 0,
    uncheckable: 0,
    pinned: 0,
    unaltered: 0,
    included: 0,
    notCovered: 0,
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
  };
  foldUnsigned(rows, standsFor);
  const byStatus = new Array<number>(STATUS_NAMES.length).fill(0);
  const byForm = new Array<number>(FORMS.length).fill(0);
  for (let row = 0; row < rows.count; row += 1) {
    if (ofRow[row] === UNSIGNED) {
      counts.synthetic += standsFor[row] === row ? 1 : 0;
      continue;
    }
    const at = rows.timestamp[row] ?? Number.NaN;
    if (!Number.isNaN(at)) {
      counts.from = Math.min(at, counts.from);
      counts.to = Math.max(at, counts.to);
    }
    if (copies.first[row] === row) {
      countReceipt(row);
    }
  }
  return {
    ofRow,
    standsFor,
    byStatus: {
      verified: byStatus[VERIFIED] ?? 0,
      "verified-not-checkpointed": byStatus[VERIFIED_NOT_CHECKPOINTED] ?? 0,
      "self-consistent": byStatus[SELF_CONSISTENT] ?? 0,
      "does-not-verify": byStatus[DOES_NOT_VERIFY] ?? 0,
      "not-checked": byStatus[NOT_CHECKED] ?? 0,
    },
    byForm: Object.fromEntries(
      FORMS.map((form, index) => [form, byForm[index] ?? 0] as const).filter(
        ([, number]) => number > 0,
      ),
    ),
    ...counts,
  };

  function statusOf(row: number): number {
    if (rows.has(row, FLAG.synthetic)) {
      return UNSIGNED;
    }
    const standing = standings.ofRow[row];
    const fails =
      rows.has(row, FLAG.signatureFails) ||
      rows.has(row, FLAG.contentFails) ||
      standing === WEAK ||
      inclusion.state[row] === INCLUSION.doesNotFit;
    if (fails) {
      return DOES_NOT_VERIFY;
    }
    if (!rows.has(row, FLAG.signatureFits)) {
      return NOT_CHECKED;
    }
    if (standing !== PINNED) {
      return SELF_CONSISTENT;
    }
    return isProved(row) ? VERIFIED : VERIFIED_NOT_CHECKPOINTED;
  }

  /** A checkpoint of a signer who is not pinned, or whose key is weak, proves nothing to an auditor. */
  function isProved(row: number): boolean {
    return (
      inclusion.state[row] === INCLUSION.included &&
      standings.isCheckpointTrusted[inclusion.checkpoint[row] ?? -1] === 1
    );
  }

  function countReceipt(first: number): void {
    let worst = VERIFIED;
    let worstRow = first;
    let flags = 0;
    let isPinned = true;
    let isIncluded = false;
    let isMisplaced = false;
    for (let row = first; row !== -1; row = copies.next[row] ?? -1) {
      const status = ofRow[row] ?? NOT_CHECKED;
      // Of equals the first in the order of the files: which worker was faster names nothing.
      const isEarlier = (): boolean => rows.numberOf(row) < rows.numberOf(worstRow);
      if (status > worst || (status === worst && row !== worstRow && isEarlier())) {
        worst = status;
        worstRow = row;
      }
      flags |= rows.flags[row] ?? 0;
      isPinned &&= standings.ofRow[row] === PINNED;
      isIncluded ||= isProved(row);
      isMisplaced ||= inclusion.state[row] === INCLUSION.doesNotFit;
    }
    for (let row = first; row !== -1; row = copies.next[row] ?? -1) {
      standsFor[row] = worstRow;
    }
    counts.receipts += 1;
    byStatus[worst] = (byStatus[worst] ?? 0) + 1;
    byForm[rows.form[first] ?? 0] = (byForm[rows.form[first] ?? 0] ?? 0) + 1;
    const isBroken = (flags & FLAG.signatureFails) !== 0;
    if (isBroken) {
      counts.fail += 1;
    } else if (flags & FLAG.unsupported) {
      counts.unsupported += 1;
    } else if (flags & FLAG.uncheckable) {
      counts.uncheckable += 1;
    } else {
      counts.fit += 1;
      counts.pinned += isPinned ? 1 : 0;
      counts.unaltered += flags & FLAG.contentFails ? 0 : 1;
    }
    if (isIncluded && !isBroken && !isMisplaced) {
      counts.included += 1;
    } else if (!isMisplaced && !isBroken) {
      counts.notCovered += 1;
    }
  }
}

/**
 * Denials that a client made up are told apart by all that they say, not by their id alone: nobody signs it. The
 * first in the order of the files stands for the others, so that a second export of a topic refuses nothing anew.
 */
function foldUnsigned(rows: Rows, standsFor: Int32Array): void {
  const unsigned: number[] = [];
  for (const { first, count } of rows.inOrder()) {
    for (let row = first; row < first + count; row += 1) {
      if (rows.has(row, FLAG.synthetic)) {
        unsigned.push(row);
      }
    }
  }
  const leaves = new Uint8Array(unsigned.length * 32);
  for (const [at, row] of unsigned.entries()) {
    leaves.set(rows.leafOf(row), at * 32);
  }
  const table = new HashTable(leaves, unsigned.length);
  for (const [at, row] of unsigned.entries()) {
    standsFor[row] = unsigned[table.find(leaves, at * 32)] ?? row;
  }
}
