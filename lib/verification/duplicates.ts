import { toHex } from "@/kernel/encoding.ts";
import type { Draft, Ledger } from "./ledger.ts";
import type { Rows } from "./rows.ts";
import { FLAG } from "./unit-result.ts";

/** Which rows are copies of one receipt. */
export interface Copies {
  /** For each row, the first row with the same id in the order of the files; itself where it is that row. */
  readonly first: Int32Array;
  /** For each row, the next row with the same id, or -1: a list that starts at `first`. */
  readonly next: Int32Array;
  /** Distinct ids, synthetic denials not counted. */
  readonly distinct: number;
}

/** Groups rows by the hash of their id, by open addressing over its first octets. */
export function findCopies(rows: Rows): Copies {
  const size = 2 ** Math.ceil(Math.log2(Math.max(rows.count, 8) * 2));
  const table = new Int32Array(size).fill(-1);
  const first = new Int32Array(rows.count);
  const next = new Int32Array(rows.count).fill(-1);
  const last = new Int32Array(rows.count);
  let distinct = 0;
  const view = new DataView(rows.identity.buffer, rows.identity.byteOffset);
  const add = (row: number): void => {
    first[row] = row;
    last[row] = row;
    if (rows.has(row, FLAG.synthetic)) {
      return;
    }
    let slot = view.getUint32(row * 32) & (size - 1);
    let other = table[slot] ?? -1;
    while (other !== -1 && !rows.sameIdentity(other, row)) {
      slot = (slot + 1) & (size - 1);
      other = table[slot] ?? -1;
    }
    if (other === -1) {
      table[slot] = row;
      distinct += 1;
    } else {
      first[row] = other;
      next[last[other] ?? other] = row;
      last[other] = row;
    }
  };
  for (const unit of rows.inOrder()) {
    for (let row = unit.first; row < unit.first + unit.count; row += 1) {
      add(row);
    }
  }
  return { first, next, distinct };
}

/** Rows of one id with one content: of each content, its rows in the order of the files. */
export function contentsOf(rows: Rows, copies: Copies, first: number): readonly number[][] {
  const contents = new Map<string, number[]>();
  for (let row = first; row !== -1; row = copies.next[row] ?? -1) {
    const name = toHex(rows.leafOf(row));
    const same = contents.get(name);
    if (same === undefined) {
      contents.set(name, [row]);
    } else {
      same.push(row);
    }
  }
  return [...contents.values()];
}

/**
 * One id with two contents, and receipts that occur more than once in their log. Where two contents are
 * validly signed, one kernel stands behind two records; a content that is not is an edited copy, which its
 * own finding already says. Which row comes first decides nothing.
 */
export function judgeCopies(
  rows: Rows,
  copies: Copies,
  ledger: Ledger,
  causeOfRow: ReadonlyMap<number, Draft>,
  pathOf: (row: number) => string,
): void {
  for (let first = 0; first < rows.count; first += 1) {
    if (copies.first[first] !== first || copies.next[first] === -1) {
      continue;
    }
    const contents = contentsOf(rows, copies, first);
    for (const same of contents) {
      reportRepeats(rows, same, ledger);
    }
    const signed = contents.filter(([row = -1]) => rows.holds(row));
    const original = signed[0] ?? contents[0];
    for (const content of contents) {
      const [row = -1] = content;
      const [against = -1] = original ?? [];
      if (content === original) {
        continue;
      }
      const isConflict = rows.holds(row) && rows.holds(against);
      ledger.add({
        code: "SEQ-004",
        severity: isConflict ? "error" : "info",
        subject: { kind: "receipt", id: rows.idOf(row) },
        place: rows.placeOf(row, ""),
        cause: isConflict ? null : (causeOfRow.get(row) ?? causeOfRow.get(against) ?? null),
        expected: pathOf(against),
        actual: pathOf(row),
        row,
      });
    }
  }
}

/** A log that was dropped twice repeats nothing: only rows of one file count. */
function reportRepeats(rows: Rows, same: readonly number[], ledger: Ledger): void {
  const seen = new Set<number>();
  for (const row of same) {
    const member = rows.memberOf(row);
    if (seen.has(member)) {
      const subject = { kind: "receipt" as const, id: rows.idOf(row) };
      ledger.add({ code: "SEQ-002", subject, place: rows.placeOf(row, ""), row });
    }
    seen.add(member);
  }
}

/** Receipts that claim one number of one log: the numbers are unsigned, so that nothing signed is refuted. */
export function judgeNumbers(rows: Rows, list: ArrayLike<number>, ledger: Ledger): void {
  for (let at = 1; at < list.length; at += 1) {
    const row = list[at] ?? -1;
    const before = list[at - 1] ?? -1;
    if (rows.seq[row] === rows.seq[before] && !rows.sameIdentity(row, before)) {
      ledger.add({
        code: "SEQ-005",
        subject: { kind: "sequence", id: String(rows.seq[row]) },
        place: rows.placeOf(row, ""),
        expected: rows.idOf(before),
        actual: rows.idOf(row),
        row,
      });
    }
  }
}
