/** Steps of the time axis, in seconds. */
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200,
  86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000, 157_680_000,
] as const;

const DAY = 86_400;

/** A length of time in Unix seconds; the end is exclusive. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What the bars of a chart cover, and how many seconds each stands for. */
export interface BinnedSpan extends TimeSpan {
  readonly binSeconds: number;
}

export interface AxisTick {
  /** Unix seconds. */
  readonly at: number;
  readonly label: string;
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
export function xOf(at: number, span: TimeSpan, width: number): number {
  const share = (at - span.from) / (span.to - span.from);
  return Math.min(Math.max(share, 0), 1) * width;
}

/** Time under a pixel, on the nearest edge between two bars. */
export function snappedTime(x: number, width: number, bins: BinnedSpan): number {
  if (width <= 0) return 0;
  const share = Math.min(Math.max(x / width, 0), 1);
  const bars = Math.round((share * (bins.to - bins.from)) / bins.binSeconds);
  return bins.from + bars * bins.binSeconds;
}

/** Moves one end of a brush by whole bars; the ends neither cross nor leave the axis. */
export function moveBrush(
  brush: TimeSpan,
  end: "from" | "to",
  bars: number,
  bins: BinnedSpan,
): TimeSpan {
  const step = bins.binSeconds;
  const moved = brush[end] + bars * step;
  return end === "from"
    ? { from: Math.min(Math.max(moved, bins.from), brush.to - step), to: brush.to }
    : { from: brush.from, to: Math.max(Math.min(moved, bins.to), brush.from + step) };
}
