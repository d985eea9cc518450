import type { ResultRows } from "./result-rows.ts";

/** Characters by which texts are ordered and searched: a megabyte in each of many rows is not read whole. */
const MOST = 2_000;

export interface Arrangement {
  /** Column that orders, or null for the statement's own order. */
  readonly column: number | null;
  readonly descending: boolean;
  /** Found in a cell, letters of any case; empty for all rows. */
  readonly search: string;
}

/** Numbers of the rows that match, in order. Nulls come last; equal rows keep the statement's order. */
export function arrange(rows: ResultRows, arrangement: Arrangement): Int32Array {
  const { column, descending, search } = arrangement;
  const found = matching(rows, search);
  if (column === null) {
    return found;
  }
  const sign = descending ? -1 : 1;
  const { kind } = rows.result.columns[column] ?? { kind: "text" };
  // Digits beyond a double are equal as doubles; then their texts decide, by length first.
  const exact = kind === "digits" || kind === "integer";
  const numbers = rows.isNumeric(column) ? rows.numbers(column) : null;
  const texts = numbers === null || exact ? rows.texts(column, MOST) : null;
  return found.sort((left, right) => {
    if (numbers !== null) {
      const a = numbers[left] ?? Number.NaN;
      const b = numbers[right] ?? Number.NaN;
      if (Number.isNaN(a) || Number.isNaN(b)) {
        return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || left - right;
      }
      if (a !== b) {
        return sign * (a < b ? -1 : 1);
      }
    }
    if (texts !== null) {
      const a = texts[left] ?? null;
      const b = texts[right] ?? null;
      if (a === null || b === null) {
        return Number(a === null) - Number(b === null) || left - right;
      }
      if (a !== b) {
        return sign * (numbers === null ? (a < b ? -1 : 1) : compareDigits(a, b));
      }
    }
    return left - right;
  });
}

/** Decimal numbers of equal scale, by their digits. */
function compareDigits(a: string, b: string): number {
  const negative = a.startsWith("-");
  if (negative !== b.startsWith("-")) {
    return negative ? -1 : 1;
  }
  const longer = a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  return negative ? -longer : longer;
}

function matching(rows: ResultRows, search: string): Int32Array {
  const wanted = search.trim().toLowerCase();
  const every = Int32Array.from({ length: rows.result.rows }, (_, row) => row);
  if (wanted === "") {
    return every;
  }
  const hit = new Uint8Array(rows.result.rows);
  for (const column of rows.result.columns.keys()) {
    rows.texts(column, MOST).forEach((text, row) => {
      if (hit[row] === 0 && text !== null && text.toLowerCase().includes(wanted)) {
        hit[row] = 1;
      }
    });
  }
  return every.filter((row) => hit[row] === 1);
}
