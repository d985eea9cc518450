import { alertMembers } from "@/lib/rules/alert-members.ts";
import type { RuleMeasure } from "@/lib/rules/model.ts";
import type { LiveEvent } from "./model.ts";

/** Places of gone events at the front before the rest moves up. */
const SLACK = 1024;

/** The window of one group that slides with the events: what came later than `seconds` before the newest. */
export class StreamWindow {
  readonly #seconds: number;
  readonly #measure: RuleMeasure;
  #events: LiveEvent[] = [];
  #times: number[] = [];
  /** Place of the oldest event that is still in the window. */
  #oldest = 0;
  #denials = 0;
  readonly #values = new Map<string, number>();

  constructor(seconds: number, measure: RuleMeasure) {
    this.#seconds = seconds;
    this.#measure = measure;
  }

  get size(): number {
    return this.#events.length - this.#oldest;
  }

  /** Adds an event that is not older than the newest; how many left the window for it. */
  add(event: LiveEvent, second: number): number {
    const gone = this.expire(second);
    this.#events.push(event);
    this.#times.push(second);
    this.#count(event, 1);
    return gone;
  }

  /** Lets go what is not later than `seconds` before; how many those were. */
  expire(second: number): number {
    const after = second - this.#seconds;
    let gone = 0;
    while (this.size > 0 && (this.#times[this.#oldest] ?? 0) <= after) {
      this.drop();
      gone += 1;
    }
    return gone;
  }

  /** Lets go the oldest event. */
  drop(): void {
    const event = this.#events[this.#oldest];
    if (event === undefined) return;
    this.#count(event, -1);
    this.#oldest += 1;
    if (this.#oldest > SLACK && this.#oldest * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#oldest);
      this.#times = this.#times.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  measure(): number {
    switch (this.#measure.kind) {
      case "count":
        return this.size;
      case "distinct":
        return this.#values.size;
      case "ratio":
        return this.size === 0 || this.size < this.#measure.minimum ? 0 : this.#denials / this.size;
    }
  }

  /** The events of the window that an alert lists. */
  members(): readonly LiveEvent[] {
    const measure = this.#measure;
    const eventAt = (place: number): LiveEvent | undefined => this.#events[this.#oldest + place];
    const valueAt =
      measure.kind === "distinct"
        ? (place: number): string => eventAt(place)?.fields[measure.field] ?? ""
        : null;
    return alertMembers(this.size, valueAt).flatMap((place) => eventAt(place) ?? []);
  }

  /** Unix seconds of the oldest event, as it counted; NaN for an empty window. */
  since(): number {
    return this.#times[this.#oldest] ?? Number.NaN;
  }

  #count(event: LiveEvent, by: 1 | -1): void {
    switch (this.#measure.kind) {
      case "count":
        return;
      case "ratio":
        this.#denials += event.isDenied ? by : 0;
        return;
      case "distinct": {
        const value = event.fields[this.#measure.field];
        // No value is none.
        if (value === "") return;
        const times = (this.#values.get(value) ?? 0) + by;
        if (times === 0) this.#values.delete(value);
        else this.#values.set(value, times);
      }
    }
  }
}
