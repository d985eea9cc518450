import type { HistogramBin } from "./model.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths that a person reads off an axis, in seconds. */
const WIDTHS = [
  1,
  2,
  5,
  10,
  15,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  91 * DAY,
  365 * DAY,
];

/** The narrowest width in seconds that covers `seconds` with at most `bins` bins. */
export function binWidth(seconds: number, bins: number): number {
  const needed = seconds / Math.max(1, bins);
  const width = WIDTHS.find((candidate) => candidate >= needed);
  // A hostile log may span the age of the universe: then bins of any width, not millions of them.
  return width ?? Math.ceil(needed / (365 * DAY)) * 365 * DAY;
}

/** Bins without a gap from `from` to `until`; the database leaves empty ones out. */
export function filledBins(
  found: readonly HistogramBin[],
  from: number,
  until: number,
  width: number,
): readonly HistogramBin[] {
  const known = new Map(found.map((bin) => [bin.from, bin]));
  const bins: HistogramBin[] = [];
  for (let at = Math.floor(from / width) * width; at < until; at += width) {
    bins.push(known.get(at) ?? { from: at, allow: 0, deny: 0, other: 0, doesNotVerify: 0 });
  }
  return bins;
}
