import { testOf } from "@/lib/rules/conditions.ts";
import { countsAs } from "@/lib/rules/evidence.ts";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import type { LiveAlert, LiveEvent } from "./model.ts";
import { StreamWindow } from "./stream-window.ts";

export interface StreamResult {
  /** Alerts that fired, and earlier ones that hold back more than before. */
  readonly alerts: readonly LiveAlert[];
  /** Events that stand in no window of a rule that would count them, for their time. */
  readonly outOfTime: number;
}

/** A decision whose time is further ahead of this machine's clock than this is kept out of all windows. */
const AHEAD_SECONDS = 600;
/** Events between two sweeps of groups that are over. */
const SWEEP = 20_000;
/** Events that the windows of one rule hold together; the oldest of a group give way above it. */
export const WINDOW_EVENTS = 500_000;

/**
 * Rules over decisions that arrive: the windows, thresholds and cooldowns of `evaluateRule`, kept instead of
 * built. Over events in the order of their times both give the same alerts.
 *
 * A stream is not always in order. What comes late counts at the time of the newest decision before it, where
 * that is within the window; later than that it stands in no window. Nor does what claims to come from the
 * future: one wrong clock must not empty everybody's windows.
 */
export class StreamingRules {
  readonly #rules: readonly StreamingRule[];
  #alerts: number;
  #held = 0;
  #clock = Number.NEGATIVE_INFINITY;

  /**
   * @param rules those that are on are evaluated @param alertsBefore how many alerts have a number already
   * @throws RangeError on a pattern that is not valid; rules that were read hold none
   */
  constructor(rules: readonly Rule[], alertsBefore = 0) {
    this.#alerts = alertsBefore;
    this.#rules = rules.filter(({ isEnabled }) => isEnabled).map((rule) => new StreamingRule(rule));
  }

  /** Alerts that have fired so far, and events that cooldowns held back. */
  get alerts(): number {
    return this.#alerts;
  }
  get held(): number {
    return this.#held;
  }

  /** Takes events that arrived together, in the order in which they came. */
  take(events: readonly LiveEvent[], unixNow: number): StreamResult {
    const inOrder = events
      .flatMap((event) => (event.second === null ? [] : [{ event, second: event.second }]))
      .sort((a, b) => a.second - b.second);
    const changed = new Map<number, LiveAlert>();
    let outOfTime = 0;
    for (const { event, second } of inOrder) {
      const isAhead = second > unixNow + AHEAD_SECONDS;
      let isOut = isAhead;
      if (!isAhead) {
        const late = this.#clock - second;
        this.#clock = Math.max(this.#clock, second);
        for (const rule of this.#rules) {
          if (!rule.counts(event)) continue;
          if (late >= rule.windowSeconds) isOut = true;
          else this.#note(rule.take(event, this.#clock), changed);
        }
      }
      outOfTime += isOut ? 1 : 0;
    }
    return { alerts: [...changed.values()], outOfTime };
  }

  #note(outcome: Outcome | null, changed: Map<number, LiveAlert>): void {
    if (outcome === null) return;
    if (outcome.kind === "fired") {
      this.#alerts += 1;
      outcome.number.value = this.#alerts;
    } else {
      this.#held += 1;
    }
    const number = outcome.number.value;
    changed.set(number, { number, name: outcome.name, alert: outcome.alert });
  }
}

interface Outcome {
  readonly kind: "fired" | "held";
  readonly name: string;
  readonly alert: Alert;
  /** Filled in when it fires. */
  readonly number: { value: number };
}

interface Group {
  readonly window: StreamWindow;
  last: { alert: Alert; readonly number: { value: number } } | null;
}

class StreamingRule {
  readonly #rule: Rule;
  readonly #tests: readonly {
    readonly field: Rule["conditions"][number]["field"];
    readonly test: (text: string) => boolean;
  }[];
  readonly #groups = new Map<string, Group>();
  #kept = 0;
  #sinceSweep = 0;

  constructor(rule: Rule) {
    this.#rule = rule;
    this.#tests = rule.conditions.map((condition) => {
      const test = testOf(condition);
      if (!test.ok) throw new RangeError(test.error);
      return { field: condition.field, test: test.value };
    });
  }

  get windowSeconds(): number {
    return this.#rule.windowSeconds;
  }

  /** Whether the rule looks at the event at all: `selectEvents` of one. */
  counts(event: LiveEvent): boolean {
    return (
      (event.isDenied || this.#rule.measure.kind === "ratio") &&
      countsAs(event.evidence, this.#rule.evidence) &&
      this.#tests.every(({ field, test }) => test(event.fields[field]))
    );
  }

  take(event: LiveEvent, second: number): Outcome | null {
    this.#sweep(second);
    const group = this.#groupOf(event);
    const { window } = group;
    this.#kept += 1 - window.add(event, second);
    while (this.#kept > WINDOW_EVENTS && window.size > 1) {
      window.drop();
      this.#kept -= 1;
    }
    const measure = window.measure();
    if (measure < this.#rule.threshold) return null;
    const { last } = group;
    if (last !== null && second < last.alert.heldUntil) {
      last.alert = { ...last.alert, held: last.alert.held + 1 };
      return { kind: "held", name: this.#rule.name, alert: last.alert, number: last.number };
    }
    const fired = { alert: this.#alertOf(event, window, second, measure), number: { value: 0 } };
    group.last = fired;
    return { kind: "fired", name: this.#rule.name, ...fired };
  }

  #groupOf(event: LiveEvent): Group {
    const key = JSON.stringify(this.#rule.groupBy.map((field) => event.fields[field]));
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = {
        window: new StreamWindow(this.#rule.windowSeconds, this.#rule.measure),
        last: null,
      };
      this.#groups.set(key, group);
    }
    return group;
  }

  #alertOf(event: LiveEvent, window: StreamWindow, at: number, measure: number): Alert {
    const members = window.members();
    const isClaim = ({ evidence }: LiveEvent): boolean => evidence === "claim";
    return {
      rule: this.#rule.id,
      severity: this.#rule.severity,
      at,
      since: window.since(),
      group: this.#rule.groupBy.map((field) => ({ field, value: event.fields[field] })),
      measure,
      threshold: this.#rule.threshold,
      events: window.size,
      rows: members.filter((each) => !isClaim(each)).map(({ row }) => row),
      records: members.filter(isClaim).map(({ row }) => row),
      held: 0,
      heldUntil: at + this.#rule.cooldownSeconds,
    };
  }

  /** Groups whose windows are empty by now and whose cooldowns are over are forgotten, now and then. */
  #sweep(second: number): void {
    this.#sinceSweep += 1;
    if (this.#sinceSweep < SWEEP) return;
    this.#sinceSweep = 0;
    for (const [key, { window, last }] of this.#groups) {
      this.#kept -= window.expire(second);
      if (window.size === 0 && (last === null || second >= last.alert.heldUntil)) {
        this.#groups.delete(key);
      }
    }
  }
}
