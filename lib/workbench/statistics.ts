import type { ResultRows } from "./result-rows.ts";

const MOST = 2_000;

/** A column of the kept rows in figures. */
export interface ColumnStatistics {
  readonly rows: number;
  readonly nulls: number;
  readonly distinct: number;
  /** The texts of the least and the greatest value; null where every value is null. */
  readonly least: string | null;
  readonly greatest: string | null;
  /** The most frequent values, at most five; texts are cut. */
  readonly frequent: readonly { readonly text: string; readonly count: number }[];
}

export function columnStatistics(rows: ResultRows, column: number): ColumnStatistics {
  const texts = rows.texts(column, MOST);
  const numbers = rows.isNumeric(column) ? rows.numbers(column) : null;
  const counts = new Map<string, number>();
  let nulls = 0;
  let least = -1;
  let greatest = -1;
  const before = (a: number, b: number): boolean =>
    numbers === null
      ? (texts[a] ?? "") < (texts[b] ?? "")
      : (numbers[a] ?? Number.NaN) < (numbers[b] ?? Number.NaN);
  texts.forEach((text, row) => {
    if (text === null) {
      nulls += 1;
      return;
    }
    counts.set(text, (counts.get(text) ?? 0) + 1);
    if (least < 0 || before(row, least)) {
      least = row;
    }
    if (greatest < 0 || before(greatest, row)) {
      greatest = row;
    }
  });
  return {
    rows: texts.length,
    nulls,
    distinct: counts.size,
    least: least < 0 ? null : (texts[least] ?? null),
    greatest: greatest < 0 ? null : (texts[greatest] ?? null),
    frequent: mostFrequent(counts),
  };
}

function mostFrequent(counts: ReadonlyMap<string, number>): ColumnStatistics["frequent"] {
  const best: { text: string; count: number }[] = [];
  for (const [text, count] of counts) {
    const last = best.at(-1);
    if (best.length < 5 || (last !== undefined && count > last.count)) {
      best.push({ text, count });
      best.sort((a, b) => b.count - a.count);
      best.length = Math.min(best.length, 5);
    }
  }
  return best;
}
