import type { Histogram, HistogramBin } from "@/lib/queries/model.ts";

/** Steps of the time axis and of keyboard brushing, in seconds. */
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000, 157_680_000,
] as const;

/** Heights of the drawing in pixels: room for the octagons, the bars, the axis. */
export const PLOT = { head: 10, bars: 58, axis: 18 } as const;

const DAY = 86_400;

export interface AxisTick {
  /** Unix seconds. */
  readonly at: number;
  readonly label: string;
}

/** First and last second that the bars cover; the end is exclusive. */
export function histogramSpan(histogram: Histogram): { from: number; to: number } | null {
  const first = histogram.bins[0];
  const last = histogram.bins.at(-1);
  if (first === undefined || last === undefined) return null;
  return { from: first.from, to: last.from + histogram.binSeconds };
}

/**
 * Round UTC times at least `spacing` pixels apart. Labels are `16:10`, with seconds where the steps are
 * shorter than a minute, and a date where they are a day or longer.
 */
export function axisTicks(from: number, to: number, width: number, spacing = 96): AxisTick[] {
  if (!(to > from) || width <= 0) return [];
  const wanted = ((to - from) * spacing) / width;
  const step = STEPS.find((each) => each >= wanted) ?? STEPS[STEPS.length - 1] ?? DAY;
  const ticks: AxisTick[] = [];
  for (let at = Math.ceil(from / step) * step; at < to && ticks.length < 200; at += step) {
    ticks.push({ at, label: tickLabel(at, step) });
  }
  return ticks;
}

function tickLabel(at: number, step: number): string {
  const text = isoText(at);
  if (step >= DAY) return text.slice(0, 10);
  if (at % DAY === 0) return text.slice(5, 10);
  return step < 60 ? text.slice(11, 19) : text.slice(11, 16);
}

/** A hostile timestamp may be outside what a date can hold; then the number itself is shown. */
function isoText(at: number): string {
  const date = new Date(at * 1000);
  return Number.isNaN(date.getTime()) ? String(at) : date.toISOString();
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

/** "2 minutes per bar". */
export function binWords(seconds: number): string {
  const units = [
    [DAY, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
  ] as const;
  const [size, word] = units.find(([each]) => seconds >= each && seconds % each === 0) ?? [
    1,
    "second",
  ];
  const count = seconds / size;
  return `${count.toLocaleString("en-US")} ${word}${count === 1 ? "" : "s"} per bar`;
}

/** Pixel of a time, clamped to the drawing. */
export function xOf(at: number, span: { from: number; to: number }, width: number): number {
  const share = (at - span.from) / (span.to - span.from);
  return Math.min(Math.max(share, 0), 1) * width;
}

/** Time under a pixel, on the nearest edge between two bars. */
export function snappedTime(x: number, width: number, histogram: Histogram): number {
  const span = histogramSpan(histogram);
  if (span === null || width <= 0) return 0;
  const share = Math.min(Math.max(x / width, 0), 1);
  const bars = Math.round((share * (span.to - span.from)) / histogram.binSeconds);
  return span.from + bars * histogram.binSeconds;
}

export interface Brush {
  readonly from: number;
  readonly to: number;
}

/** Moves one end of the brush by whole bars; the ends neither cross nor leave the axis. */
export function moveBrush(
  brush: Brush,
  end: "from" | "to",
  bars: number,
  histogram: Histogram,
): Brush {
  const span = histogramSpan(histogram);
  if (span === null) return brush;
  const step = histogram.binSeconds;
  const moved = brush[end] + bars * step;
  return end === "from"
    ? { from: Math.min(Math.max(moved, span.from), brush.to - step), to: brush.to }
    : { from: brush.from, to: Math.max(Math.min(moved, span.to), brush.from + step) };
}
