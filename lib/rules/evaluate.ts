import type { DecisionEvents } from "@/lib/denials/model.ts";
import { type Grouped, groupEvents } from "./grouping.ts";
import { ALERT_MEMBERS, type Alert, PREVIEW_ALERTS, type Rule } from "./model.ts";
import { type Selection, selectEvents } from "./select.ts";
import { groupValues, measureWindows, type Windows } from "./windows.ts";

/** What a rule found. */
export interface RuleResult {
  /** The first of them by time. */
  readonly alerts: readonly Alert[];
  readonly fired: number;
  readonly held: number;
  /** Denials that count, and the groups that they and what they are compared with fall into. */
  readonly events: number;
  readonly groups: number;
  readonly notCounted: Selection["notCounted"];
  /** The greatest measure that any window reached; 0 where there is none. */
  readonly peak: number;
}

/** A rule over events, measured and not yet compared with a threshold. */
export interface MeasuredRule {
  readonly rule: Rule;
  readonly events: DecisionEvents;
  readonly selection: Selection;
  readonly grouped: Grouped;
  readonly windows: Windows;
  readonly peak: number;
}

/**
 * Evaluates a rule: its windows, threshold and cooldown mean what {@link Rule} says. A cooldown ends
 * `cooldownSeconds` after the event that fired: an event at that very second may fire again. At most `most`
 * alerts are made out; all are counted.
 *
 * @throws RangeError on a pattern that is not valid; rules that were read hold none
 */
export function evaluateRule(
  rule: Rule,
  events: DecisionEvents,
  most: number = PREVIEW_ALERTS,
): RuleResult {
  return resultOf(measureRule(rule, events), most);
}

export function measureRule(rule: Rule, events: DecisionEvents): MeasuredRule {
  const selection = selectEvents(events, { ...rule, allowed: rule.measure.kind === "ratio" });
  const grouped = groupEvents(events, selection.chosen, rule.groupBy);
  const windows = measureWindows(events, grouped, rule.windowSeconds, rule.measure);
  let peak = 0;
  for (const measure of windows.measure) {
    peak = Math.max(measure, peak);
  }
  return { rule, events, selection, grouped, windows, peak };
}

export function resultOf(measured: MeasuredRule, most: number): RuleResult {
  const { events, grouped, selection, peak } = measured;
  const firings = findFirings(measured);
  // Groups were walked one after the other: alerts are told by time, then by the order of the events.
  const eventOf = (firing: Firing): number => grouped.order[firing.place] ?? 0;
  firings.sort((one, other) => eventOf(one) - eventOf(other));
  return {
    alerts: firings.slice(0, most).map((firing) => alertOf(measured, firing)),
    fired: firings.length,
    held: firings.reduce((sum, { held }) => sum + held, 0),
    events: selection.denials,
    groups: grouped.starts.length - 1,
    notCounted: selection.notCounted,
    peak: events.count === 0 ? 0 : peak,
  };
}

interface Firing {
  /** In the order of the groups. */
  readonly place: number;
  held: number;
}

function findFirings({ rule, events, grouped, windows }: MeasuredRule): Firing[] {
  const { order, starts } = grouped;
  const firings: Firing[] = [];
  for (let group = 0; group + 1 < starts.length; group += 1) {
    let last: Firing | null = null;
    let heldUntil = Number.NEGATIVE_INFINITY;
    for (let place = starts[group] ?? 0; place < (starts[group + 1] ?? 0); place += 1) {
      if ((windows.measure[place] ?? 0) < rule.threshold) {
        continue;
      }
      const second = events.second[order[place] ?? 0] ?? Number.NaN;
      if (last !== null && second < heldUntil) {
        last.held += 1;
        continue;
      }
      last = { place, held: 0 };
      heldUntil = second + rule.cooldownSeconds;
      firings.push(last);
    }
  }
  return firings;
}

function alertOf({ rule, events, grouped, windows }: MeasuredRule, { place, held }: Firing): Alert {
  const { order } = grouped;
  const first = windows.first[place] ?? place;
  const at = events.second[order[place] ?? 0] ?? Number.NaN;
  const rows: number[] = [];
  const records: number[] = [];
  for (const event of order.subarray(first, Math.min(place + 1, first + ALERT_MEMBERS))) {
    const row = events.row[event] ?? -1;
    if (row >= 0) {
      rows.push(row);
    } else {
      records.push(events.record[event] ?? -1);
    }
  }
  return {
    rule: rule.id,
    severity: rule.severity,
    at,
    since: events.second[order[first] ?? 0] ?? Number.NaN,
    group: groupValues(events, order[place] ?? 0, rule.groupBy),
    measure: windows.measure[place] ?? 0,
    threshold: rule.threshold,
    events: place - first + 1,
    rows,
    records,
    held,
    heldUntil: at + rule.cooldownSeconds,
  };
}
