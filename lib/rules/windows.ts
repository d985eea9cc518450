import type { DecisionEvents, EventField } from "@/lib/denials/model.ts";
import { type Grouped, groupEvents } from "./grouping.ts";
import type { RuleEvidence, RuleMeasure } from "./model.ts";
import { selectEvents } from "./select.ts";

/** The window of each grouped event, at its place in {@link Grouped.order}. */
export interface Windows {
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
  { order, starts }: Grouped,
  seconds: number,
  measure: RuleMeasure,
): Windows {
  const first = new Int32Array(order.length);
  const measured = new Float64Array(order.length);
  const gauge = gaugeOf(events, measure);
  for (let group = 0; group + 1 < starts.length; group += 1) {
    const start = starts[group] ?? 0;
    const end = starts[group + 1] ?? 0;
    let oldest = start;
    for (let place = start; place < end; place += 1) {
      const event = order[place] ?? 0;
      const after = (events.second[event] ?? Number.NaN) - seconds;
      gauge.add(event);
      while (oldest < place && (events.second[order[oldest] ?? 0] ?? Number.NaN) <= after) {
        gauge.remove(order[oldest] ?? 0);
        oldest += 1;
      }
      first[place] = oldest;
      measured[place] = gauge.value();
    }
    for (; oldest < end; oldest += 1) {
      gauge.remove(order[oldest] ?? 0);
    }
  }
  return { first, measure: measured };
}

/** What is measured over the events that are in it at the time. */
interface Gauge {
  add(event: number): void;
  remove(event: number): void;
  value(): number;
}

function gaugeOf(events: DecisionEvents, measure: RuleMeasure): Gauge {
  switch (measure.kind) {
    case "count":
      return new Count();
    case "distinct":
      return new Distinct(events.fields[measure.field], events.texts.length);
    case "ratio":
      return new Ratio(events.isDenied, measure.minimum);
  }
}

class Count implements Gauge {
  #events = 0;

  add(): void {
    this.#events += 1;
  }

  remove(): void {
    this.#events -= 1;
  }

  value(): number {
    return this.#events;
  }
}

/** How many values there are, each counted as often as it is in the window. No value is none. */
class Distinct implements Gauge {
  readonly #column: Int32Array;
  readonly #times: Int32Array;
  #values = 0;

  constructor(column: Int32Array, texts: number) {
    this.#column = column;
    this.#times = new Int32Array(texts);
  }

  add(event: number): void {
    this.#change(event, 1, 1);
  }

  remove(event: number): void {
    this.#change(event, -1, 0);
  }

  value(): number {
    return this.#values;
  }

  /** `edge`: how often the value is there after it came or before it went. */
  #change(event: number, by: 1 | -1, edge: 0 | 1): void {
    const code = this.#column[event] ?? 0;
    if (code === 0) {
      return;
    }
    const times = (this.#times[code] ?? 0) + by;
    this.#times[code] = times;
    this.#values += times === edge ? by : 0;
  }
}

class Ratio implements Gauge {
  readonly #isDenied: Uint8Array;
  readonly #minimum: number;
  #decisions = 0;
  #denials = 0;

  constructor(isDenied: Uint8Array, minimum: number) {
    this.#isDenied = isDenied;
    this.#minimum = minimum;
  }

  add(event: number): void {
    this.#decisions += 1;
    this.#denials += this.#isDenied[event] ?? 0;
  }

  remove(event: number): void {
    this.#decisions -= 1;
    this.#denials -= this.#isDenied[event] ?? 0;
  }

  value(): number {
    return this.#decisions === 0 || this.#decisions < this.#minimum
      ? 0
      : this.#denials / this.#decisions;
  }
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
  const secondAt = (place: number): number => events.second[order[place] ?? 0] ?? Number.NaN;
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
