import type { DecisionEvents } from "@/lib/denials/model.ts";
import { alertMembers } from "./alert-members.ts";
import { type Grouped, groupEvents } from "./grouping.ts";
import { type Alert, PREVIEW_ALERTS, type Rule } from "./model.ts";
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
  const { grouped, selection, peak } = measured;
  const firings = findFirings(measured);
  const alerts: Alert[] = [];
  // Groups were walked one after the other; alerts are told in the order of the events.
  const { placeOf } = firings;
  for (let event = 0; event < placeOf.length && alerts.length < most; event += 1) {
    const place = (placeOf[event] ?? 0) - 1;
    if (place >= 0) {
      alerts.push(alertOf(measured, place, firings.held[place] ?? 0));
    }
  }
  return {
    alerts,
    fired: firings.fired,
    held: firings.heldBack,
    events: selection.denials,
    groups: grouped.starts.length - 1,
    notCounted: selection.notCounted,
    peak,
  };
}

interface Firings {
  readonly fired: number;
  readonly heldBack: number;
  /** For each event one more than its place, where the rule fired at it; else 0. */
  readonly placeOf: Int32Array;
  /** How many were held back after the rule fired at a place. */
  readonly held: Int32Array;
}

function findFirings({ rule, events, grouped, windows }: MeasuredRule): Firings {
  const { order, starts } = grouped;
  const { threshold, cooldownSeconds } = rule;
  const placeOf = new Int32Array(events.count);
  const held = new Int32Array(order.length);
  let fired = 0;
  let heldBack = 0;
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = starts[group + 1] ?? 0;
    let last = -1;
    let heldUntil = Number.NEGATIVE_INFINITY;
    for (let place = starts[group] ?? 0; place < end; place += 1) {
      if ((windows.measure[place] ?? 0) < threshold) {
        continue;
      }
      const second = windows.second[place] ?? 0;
      if (second < heldUntil) {
        held[last] = (held[last] ?? 0) + 1;
        heldBack += 1;
        continue;
      }
      last = place;
      heldUntil = second + cooldownSeconds;
      placeOf[order[place] ?? 0] = place + 1;
      fired += 1;
    }
  }
  return { fired, heldBack, placeOf, held };
}

function alertOf(
  { rule, events, grouped, windows }: MeasuredRule,
  place: number,
  held: number,
): Alert {
  const { order } = grouped;
  const first = windows.first[place] ?? place;
  const firedAt = windows.second[place] ?? Number.NaN;
  const rows: number[] = [];
  const records: number[] = [];
  const values = rule.measure.kind === "distinct" ? events.fields[rule.measure.field] : null;
  const valueAt =
    values === null ? null : (at: number): number => values[order[first + at] ?? 0] ?? 0;
  for (const at of alertMembers(place - first + 1, valueAt)) {
    const event = order[first + at] ?? 0;
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
    at: firedAt,
    since: windows.second[first] ?? Number.NaN,
    group: groupValues(events, order[place] ?? 0, rule.groupBy),
    measure: windows.measure[place] ?? 0,
    threshold: rule.threshold,
    events: place - first + 1,
    rows,
    records,
    held,
    heldUntil: firedAt + rule.cooldownSeconds,
  };
}
