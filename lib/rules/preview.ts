import type { DecisionEvents } from "@/lib/denials/model.ts";
import { type MeasuredRule, measureRule, resultOf } from "./evaluate.ts";
import { PREVIEW_ALERTS, type Rule, type RuleMeasure, type RulePreview } from "./model.ts";

/** Thresholds on the curve at most. */
const MOST_POINTS = 25;
/** Whole thresholds on each side of the chosen one that are always on the curve. */
const NEAR = 5;

/**
 * What a rule would have done on what is loaded, and what it would have done with other thresholds. The windows
 * are measured once; every threshold is one walk over those that reach the lowest.
 *
 * @throws RangeError on a pattern that is not valid; rules that were read hold none
 */
export function previewRule(rule: Rule, events: DecisionEvents): RulePreview {
  const measured = measureRule(rule, events);
  const thresholds = curveThresholds(rule.measure, rule.threshold, measured.peak);
  return { ...resultOf(measured, PREVIEW_ALERTS), curve: curveOf(measured, thresholds) };
}

/** Ascending, without repeats, with the chosen threshold among them: where the slider may stop. */
export function curveThresholds(
  { kind }: RuleMeasure,
  chosen: number,
  peak: number,
): readonly number[] {
  const points = new Set<number>([chosen]);
  if (kind === "ratio") {
    for (let percent = 5; percent <= 100; percent += 5) {
      points.add(percent / 100);
    }
  } else {
    addWhole(points, Math.floor(chosen), peak);
  }
  return [...points].sort((one, other) => one - other);
}

/** All up to the peak where they are few; else those near the chosen one, and wider and wider steps. */
function addWhole(points: Set<number>, chosen: number, peak: number): void {
  const last = Math.max(peak, chosen) + 1;
  const add = (point: number): void => {
    if (point >= 1 && point <= last && points.size < MOST_POINTS) {
      points.add(point);
    }
  };
  if (last <= MOST_POINTS) {
    for (let point = 1; point <= last; point += 1) {
      add(point);
    }
    return;
  }
  for (let step = 0; step <= NEAR; step += 1) {
    add(chosen - step);
    add(chosen + step);
  }
  add(1);
  add(peak);
  add(peak + 1);
  const left = MOST_POINTS - points.size;
  for (let step = 1; step <= left; step += 1) {
    add(Math.round(last ** (step / (left + 1))));
  }
}

/** How often the rule would have fired at each of the thresholds. */
function curveOf(measured: MeasuredRule, thresholds: readonly number[]): RulePreview["curve"] {
  const { starts } = measured.grouped;
  const { measure } = measured.windows;
  const fired = new Int32Array(thresholds.length);
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const start = starts[group] ?? 0;
    const end = starts[group + 1] ?? 0;
    let peak = 0;
    for (let place = start; place < end; place += 1) {
      peak = Math.max(peak, measure[place] ?? 0);
    }
    for (let point = 0; point < thresholds.length; point += 1) {
      const threshold = thresholds[point] ?? 0;
      if (threshold > peak) {
        break;
      }
      fired[point] = (fired[point] ?? 0) + countFirings(measured, threshold, start, end);
    }
  }
  return thresholds.map((threshold, point) => ({ threshold, fired: fired[point] ?? 0 }));
}

/** Firings among the places of one group. */
function countFirings(
  { rule, windows: { measure, second } }: MeasuredRule,
  threshold: number,
  start: number,
  end: number,
): number {
  let fired = 0;
  let heldUntil = Number.NEGATIVE_INFINITY;
  for (let place = start; place < end; place += 1) {
    if ((measure[place] ?? 0) >= threshold && (second[place] ?? 0) >= heldUntil) {
      fired += 1;
      heldUntil = (second[place] ?? 0) + rule.cooldownSeconds;
    }
  }
  return fired;
}
