import type { BinnedSpan } from "@/components/time/time-scale.ts";
import type { DenialBin, DenialHistogram } from "@/lib/queries/denial-model.ts";

/** Heights of the drawing in pixels: room for the marks of policies, the bars, the axis; and its right edge. */
export const PLOT = { head: 26, bars: 126, axis: 20, right: 40 } as const;
/** How much of a cut bar's top is its cap, and the gap under it. */
export const BREAK = { cap: 4, gap: 4 } as const;

/** The series of the guards that are not named one by one. */
export const OTHER_SERIES = 6;

/** What the bars cover; null where there are none. */
export function chartSpan(histogram: DenialHistogram): BinnedSpan | null {
  const first = histogram.bins[0];
  const last = histogram.bins.at(-1);
  if (first === undefined || last === undefined) return null;
  const { binSeconds } = histogram;
  return { from: first.from, to: last.from + binSeconds, binSeconds };
}

export interface StackPart {
  /** 1 for the most frequent guard, up to {@link OTHER_SERIES} for all that are not named. */
  readonly series: number;
  readonly y: number;
  readonly height: number;
}

/**
 * One bar's parts from the baseline up, in pixels from the top. The most frequent guard stands on top, where
 * its excess is seen; the others keep the baseline. A part that is there is at least 1 px high.
 *
 * @param most the count that fills the whole height; what goes beyond it is left out above
 */
export function stackParts(bin: DenialBin, most: number, height: number): readonly StackPart[] {
  const counts = seriesCounts(bin);
  const parts: StackPart[] = [];
  let y = height;
  for (const series of [2, 3, 4, 5, OTHER_SERIES, 1]) {
    const count = counts[series] ?? 0;
    if (count === 0 || y <= 0) continue;
    const tall = Math.min(Math.max((count / most) * height, 1), y);
    y -= tall;
    parts.push({ series, y, height: tall });
  }
  return parts;
}

/** Denials of a bar by series; index 0 is not used. */
export function seriesCounts(bin: DenialBin): readonly number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0];
  let named = 0;
  bin.counts.forEach((count, at) => {
    if (at + 1 < OTHER_SERIES) {
      counts[at + 1] = count;
      named += count;
    }
  });
  counts[OTHER_SERIES] = Math.max(bin.total - named, 0);
  return counts;
}

/** The highest bar; 1 where there is none, so that it can divide. */
export function tallest(histogram: DenialHistogram): number {
  return histogram.bins.reduce((most, { total }) => Math.max(most, total), 1);
}

/** How many bars may be cut, of those that are not empty, and how far they must stand out. */
const CUT_SHARE = 0.05;
const STANDS_OUT = 2.5;

/**
 * Where the chart is cut, so that a few bars do not flatten all others: a round count over every bar but the
 * highest twentieth, where those are at least two and a half times as high. Null where none stands out.
 */
export function cutHeight(histogram: DenialHistogram): number | null {
  const totals = histogram.bins.map(({ total }) => total).filter((total) => total > 0);
  totals.sort((a, b) => b - a);
  const most = Math.max(Math.floor(totals.length * CUT_SHARE), 1);
  for (let cut = Math.min(most, totals.length - 1); cut >= 1; cut -= 1) {
    const lowest = totals[cut - 1] ?? 0;
    const rest = totals[cut] ?? 0;
    if (lowest < STANDS_OUT * rest) continue;
    const round = roundUp(rest * 1.15);
    if (round < lowest) return round;
  }
  return null;
}

const ROUND = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** The next round count: 1, 1.5, 2, 3, 4, 5, 6 or 8 times a power of ten. */
export function roundUp(count: number): number {
  if (!(count > 4)) return 4;
  const power = 10 ** Math.floor(Math.log10(count));
  const times = ROUND.find((each) => each * power >= count) ?? 10;
  return times * power;
}

/** Counts at which lines are drawn, from the lowest; the last is the top of the chart. */
export function gridCounts(top: number): readonly number[] {
  for (const parts of [4, 3, 5, 2]) {
    if (Number.isInteger(top / parts)) {
      return Array.from({ length: parts }, (_, at) => ((at + 1) * top) / parts);
    }
  }
  return [top];
}
