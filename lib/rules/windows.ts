import type { DecisionEvents, EventField } from "@/lib/denials/model.ts";
import { type Grouped, groupEvents } from "./grouping.ts";
import type { RuleEvidence, RuleMeasure } from "./model.ts";
import { selectEvents } from "./select.ts";

/** The window of each grouped event, at its place in {@link Grouped.order}. */
export interface Windows {
  /** Unix seconds of the event itself. */
  readonly second: Float64Array;
  /** Place of the oldest event in the window. */
  readonly first: Int32Array;
  /** What is measured over the window; 0 where a ratio has too few decisions. */
  readonly measure: Float64Array;
}

/**
 * The windows of grouped events: of an event at second `t`, what came at or before it in the order of its group,
 * later than `t - seconds`. One walk for each group with two ends, whatever is measured.
 */
export function measureWindows(
  events: DecisionEvents,
  grouped: Grouped,
  seconds: number,
  measure: RuleMeasure,
): Windows {
  const { order } = grouped;
  const second = new Float64Array(order.length);
  for (let place = 0; place < order.length; place += 1) {
    second[place] = events.second[order[place] ?? 0] ?? Number.NaN;
  }
  const first = firstPlaces(grouped, second, seconds);
  return { second, first, measure: measured(events, grouped, first, measure) };
}

function firstPlaces({ starts }: Grouped, second: Float64Array, seconds: number): Int32Array {
  const first = new Int32Array(second.length);
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = starts[group + 1] ?? 0;
    let oldest = starts[group] ?? 0;
    for (let place = oldest; place < end; place += 1) {
      const after = (second[place] ?? 0) - seconds;
      while (oldest < place && (second[oldest] ?? 0) <= after) {
        oldest += 1;
      }
      first[place] = oldest;
    }
  }
  return first;
}

/** Each kind has a loop of its own: a million events are measured while a slider moves. */
function measured(
  events: DecisionEvents,
  grouped: Grouped,
  first: Int32Array,
  measure: RuleMeasure,
): Float64Array {
  switch (measure.kind) {
    case "count":
      return counts(first);
    case "distinct":
      return distinctValues(events.fields[measure.field], events.texts.length, grouped, first);
    case "ratio":
      return ratios(events.isDenied, measure.minimum, grouped, first);
  }
}

function counts(first: Int32Array): Float64Array {
  const result = new Float64Array(first.length);
  for (let place = 0; place < first.length; place += 1) {
    result[place] = place - (first[place] ?? 0) + 1;
  }
  return result;
}

/** How many values a window holds, each counted as often as it is in it. No value is none. */
function distinctValues(
  column: Int32Array,
  texts: number,
  { order, starts }: Grouped,
  first: Int32Array,
): Float64Array {
  const result = new Float64Array(order.length);
  const times = new Int32Array(texts);
  let values = 0;
  const leave = (from: number, to: number): void => {
    for (let place = from; place < to; place += 1) {
      const code = column[order[place] ?? 0] ?? 0;
      const left = (times[code] ?? 0) - 1;
      times[code] = left;
      values -= left === 0 && code !== 0 ? 1 : 0;
    }
  };
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const end = starts[group + 1] ?? 0;
    let oldest = starts[group] ?? 0;
    for (let place = oldest; place < end; place += 1) {
      const code = column[order[place] ?? 0] ?? 0;
      const there = (times[code] ?? 0) + 1;
      times[code] = there;
      values += there === 1 && code !== 0 ? 1 : 0;
      const from = first[place] ?? 0;
      leave(oldest, from);
      oldest = from;
      result[place] = values;
    }
    leave(oldest, end);
  }
  return result;
}

function ratios(
  isDenied: Uint8Array,
  minimum: number,
  { order }: Grouped,
  first: Int32Array,
): Float64Array {
  /** Denials at the places before each. */
  const before = new Int32Array(order.length + 1);
  for (let place = 0; place < order.length; place += 1) {
    before[place + 1] = (before[place] ?? 0) + (isDenied[order[place] ?? 0] ?? 0);
  }
  const result = new Float64Array(order.length);
  for (let place = 0; place < order.length; place += 1) {
    const oldest = first[place] ?? 0;
    const decisions = place - oldest + 1;
    const denials = (before[place + 1] ?? 0) - (before[oldest] ?? 0);
    result[place] = decisions < minimum ? 0 : denials / decisions;
  }
  return result;
}

export interface BurstQuestion {
  readonly windowSeconds: number;
  /** Denials in one window from which on it belongs to a burst; at least 1. */
  readonly least: number;
  readonly by: readonly EventField[];
  readonly evidence: RuleEvidence;
}

/** Denials of one group that lie in windows of at least so many, as long as such windows share a denial. */
export interface Burst {
  readonly group: readonly { readonly field: EventField; readonly value: string }[];
  /** Unix seconds of its first and of its last denial. */
  readonly start: number;
  readonly end: number;
  readonly denials: number;
  /** The most denials in one window, and the second of the denial at which that was first so. */
  readonly peak: number;
  readonly peakAt: number;
}

/** Every burst, by its start; equal starts by the order of their groups. */
export function bursts(events: DecisionEvents, question: BurstQuestion): readonly Burst[] {
  const { windowSeconds, least, by, evidence } = question;
  const { chosen } = selectEvents(events, { conditions: [], evidence, allowed: false });
  const grouped = groupEvents(events, chosen, by);
  const windows = measureWindows(events, grouped, windowSeconds, { kind: "count" });
  const found: Burst[] = [];
  const { order, starts } = grouped;
  const secondAt = (place: number): number => windows.second[place] ?? Number.NaN;
  for (let group = 0; group + 1 < starts.length; group += 1) {
    let open: { from: number; to: number; peak: number; peakAt: number } | null = null;
    const close = (): void => {
      if (open !== null) {
        const { from, to, peak, peakAt } = open;
        const denials = to - from + 1;
        const [start, end] = [secondAt(from), secondAt(to)];
        found.push({
          group: groupValues(events, order[from] ?? 0, by),
          ...{ start, end, denials, peak, peakAt },
        });
      }
    };
    for (let place = starts[group] ?? 0; place < (starts[group + 1] ?? 0); place += 1) {
      const count = windows.measure[place] ?? 0;
      const from = windows.first[place] ?? 0;
      if (count < least) {
        continue;
      }
      if (open === null || from > open.to) {
        close();
        open = { from, to: place, peak: 0, peakAt: 0 };
      }
      open.to = place;
      if (count > open.peak) {
        open.peak = count;
        open.peakAt = secondAt(place);
      }
    }
    close();
  }
  return found.sort((one, other) => one.start - other.start);
}

/** Fields that make a group, with the values that an event of it has. */
export function groupValues(
  { fields, texts }: DecisionEvents,
  event: number,
  by: readonly EventField[],
): Burst["group"] {
  return by.map((field) => ({ field, value: texts[fields[field][event] ?? 0] ?? "" }));
}
