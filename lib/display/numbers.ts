const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with thousands separated by commas: `3,792`. */
export function formatCount(value: number | bigint): string {
  return COUNT.format(value);
}

/** A count with its noun: `1 receipt`, `3,792 receipts`. `many` is given where it is not `one` + s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A fraction as the tiles show it: `3,791 / 3,792`. */
export function formatFraction(numerator: number, denominator: number): string {
  return `${formatCount(numerator)} / ${formatCount(denominator)}`;
}

/**
 * Whole percent, 0 to 100, rounded down: a run that is not finished never shows 100, and one that has
 * nothing to do shows 0.
 */
export function wholePercent(done: number, total: number): number {
  if (!(total > 0) || !(done > 0)) return 0;
  return Math.min(100, Math.floor((done / total) * 100));
}

/** Names in a row, for a sentence: `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
