import type { Draft, Ledger } from "./ledger.ts";
import type { Rows } from "./rows.ts";
import { FLAG } from "./unit-result.ts";

/** Which rows are copies of one receipt. */
export interface Copies {
  /** For each row, the first row met with the same id; itself where it is that row. */
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
  for (let row = 0; row < rows.count; row += 1) {
    first[row] = row;
    last[row] = row;
    if (rows.has(row, FLAG.synthetic)) {
      continue;
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
  }
  return { first, next, distinct };
}

/**
 * One id with two contents. Where both contents are validly signed, one kernel stands behind two records;
 * where only one is, the other is an edited copy, which its own finding already says.
 */
export function judgeCopies(
  rows: Rows,
  copies: Copies,
  ledger: Ledger,
  causeOfRow: ReadonlyMap<number, Draft>,
  collectionOf: (row: number) => string,
): void {
  for (let row = 0; row < rows.count; row += 1) {
    const first = copies.first[row] ?? row;
    if (first === row) {
      continue;
    }
    const place = rows.placeOf(row, "");
    const subject = { kind: "receipt" as const, id: rows.idOf(row) };
    if (rows.sameLeaf(first, row)) {
      if (rows.memberOf(first) === rows.memberOf(row)) {
        ledger.add({ code: "SEQ-002", subject, place, row });
      }
      continue;
    }
    const sound = rows.holds(row) && rows.holds(first);
    const cause = causeOfRow.get(row) ?? causeOfRow.get(first) ?? null;
    ledger.add({
      code: "SEQ-004",
      severity: sound ? "error" : "info",
      subject,
      place,
      cause: sound ? null : cause,
      expected: collectionOf(first),
      actual: collectionOf(row),
      row,
    });
  }
}
