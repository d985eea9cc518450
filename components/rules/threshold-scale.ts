import type { RuleMeasure, RulePreview } from "@/lib/rules/model.ts";

/** Every whole number up to here is a stop, whatever the data; above it, steps grow with the threshold. */
const SMALL = 20;
const GROWTH = 1.15;

/**
 * Thresholds that the slider stops at, ascending, in equal steps: small thresholds matter as much as large ones.
 * They depend on the peak alone, so that the track stays as it is while the thumb is dragged. The last is one
 * past the peak, where the rule is silent.
 */
export function thresholdStops(measure: RuleMeasure, peak: number): readonly number[] {
  if (measure.kind === "ratio") {
    return Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
  }
  const last = Math.floor(peak);
  const few = last === 0 ? SMALL : Math.min(SMALL, last + 1);
  const stops = Array.from({ length: few }, (_, index) => index + 1);
  for (let stop = Math.ceil(SMALL * GROWTH); stop < last; stop = Math.ceil(stop * GROWTH)) {
    stops.push(stop);
  }
  if (last > SMALL) stops.push(last);
  if (last >= SMALL) stops.push(last + 1);
  return stops;
}

/** The place of a threshold among the stops: of the nearest one, the lower of two. */
export function nearestStop(stops: readonly number[], threshold: number): number {
  let nearest = 0;
  for (let index = 1; index < stops.length; index += 1) {
    const distance = Math.abs((stops[index] ?? 0) - threshold);
    if (distance < Math.abs((stops[nearest] ?? 0) - threshold)) nearest = index;
  }
  return nearest;
}

/** A point of the curve in parts of its box: 0 to 1 from the left, 0 to 1 from the bottom. */
export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The curve over the slider's own axis, so that a point stands under the thumb that stops there. Heights grow with
 * the logarithm: a threshold is chosen where the firings are few, beside hundreds at the lowest.
 */
export function curvePoints(
  stops: readonly number[],
  curve: RulePreview["curve"],
): readonly CurvePoint[] {
  const height = (fired: number): number => Math.log2(1 + fired);
  const most = height(curve.reduce((top, { fired }) => Math.max(top, fired), 0));
  const last = Math.max(stops.length - 1, 1);
  const first = stops[0] ?? 0;
  const points = most === 0 ? [] : curve.filter(({ threshold }) => threshold >= first);
  return points.map(({ threshold, fired }) => ({
    x: placeAmong(stops, threshold) / last,
    y: height(fired) / most,
  }));
}

/** Where a threshold stands among the stops, between two where it is none of them. */
function placeAmong(stops: readonly number[], threshold: number): number {
  let low = 0;
  let high = stops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stops[middle] ?? 0) <= threshold) low = middle;
    else high = middle - 1;
  }
  const from = stops[low] ?? 0;
  const to = stops[low + 1];
  if (to === undefined || threshold <= from) return low;
  return low + (threshold - from) / (to - from);
}
