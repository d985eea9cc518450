import type { BinnedSpan } from "@/components/time/time-scale.ts";
import type { Histogram, HistogramBin } from "@/lib/queries/model.ts";

/** Heights of the drawing in pixels: room for the octagons, the bars, the axis. */
export const PLOT = { head: 10, bars: 58, axis: 18 } as const;

/** What the bars cover; null where there are none. */
export function histogramSpan(histogram: Histogram): BinnedSpan | null {
  const first = histogram.bins[0];
  const last = histogram.bins.at(-1);
  if (first === undefined || last === undefined) return null;
  const { binSeconds } = histogram;
  return { from: first.from, to: last.from + binSeconds, binSeconds };
}

export interface BarPart {
  readonly kind: "deny" | "other" | "allow";
  readonly y: number;
  readonly height: number;
}

export function binTotal(bin: HistogramBin): number {
  return bin.allow + bin.deny + bin.other;
}

/** The highest bar; 1 for an empty histogram, so that it can divide. */
export function tallest(histogram: Histogram): number {
  return histogram.bins.reduce((most, bin) => Math.max(most, binTotal(bin)), 1);
}

/**
 * Parts of one bar from the baseline up: what is rare stands on the baseline, where it can be compared,
 * and what is common above it. A part that is present is at least 1.5 px high; a hairline parts the two.
 */
export function barParts(bin: HistogramBin, most: number, height: number): BarPart[] {
  const parts: BarPart[] = [];
  let y = height;
  const kinds = ["other", "deny", "allow"] as const;
  for (const kind of kinds) {
    const count = bin[kind];
    if (count === 0) continue;
    const gap = parts.length > 0 ? 1 : 0;
    const tall = Math.max((count / most) * height - gap, 1.5);
    y = Math.max(y - gap - tall, 0);
    parts.push({ kind, y, height: tall });
  }
  return parts;
}
