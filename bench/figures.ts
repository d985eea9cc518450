/** What several runs of one measurement gave. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @throws RangeError without a run */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const last = sorted.length - 1;
  if (last < 0) {
    throw new RangeError("a spread is of at least one run");
  }
  const median = (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2;
  return { median, least: at(0), most: at(last) };
}

/** `0.912 (0.880..0.950)` */
export function spreadText({ median, least, most }: Spread, text: (value: number) => string) {
  return `${text(median)} (${text(least)}..${text(most)})`;
}

export const ratioText = (value: number): string => value.toFixed(2);
export const countText = (value: number): string => Math.round(value).toLocaleString("en-US");
export const secondsText = (milliseconds: number): string =>
  `${(milliseconds / 1000).toFixed(2)} s`;
export const megabytesText = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
export const microsecondsText = (value: number): string => `${value.toFixed(1)} us`;
