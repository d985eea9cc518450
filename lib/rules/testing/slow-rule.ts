import type { EventField, Evidence } from "@/lib/denials/model.ts";
import type { Rule, RuleCondition } from "../model.ts";
import type { TestEvent } from "./events.ts";

/** What fired, said by indexes of the events. */
export interface SlowFiring {
  readonly event: number;
  readonly window: readonly number[];
  readonly measure: number;
  readonly held: number;
}

export interface SlowResult {
  readonly firings: readonly SlowFiring[];
  /** Of each counted event, in the order of the events. */
  readonly measures: readonly number[];
  readonly denials: number;
  readonly groups: number;
  readonly unverified: number;
  readonly claims: number;
}

const COUNTED: Readonly<Record<Rule["evidence"], readonly Evidence[]>> = {
  verified: ["verified"],
  signed: ["verified", "self-consistent"],
  everything: ["verified", "self-consistent", "not-checked", "claim"],
};

/**
 * The definition of a rule, word for word and in quadratic time: for every event, all events are looked
 * through. Shares nothing with what it is compared with.
 */
export function slowRule(rule: Rule, events: readonly TestEvent[]): SlowResult {
  const evidenceOf = ({ evidence }: TestEvent): Evidence => evidence ?? "verified";
  const isDenied = ({ denied }: TestEvent): boolean => denied !== false;
  const matching = events.flatMap((event, index) =>
    fulfils(rule, event) && !Number.isNaN(event.at) ? [index] : [],
  );
  const at = (index: number): TestEvent => events[index] ?? { at: Number.NaN };
  const isCounted = (index: number): boolean =>
    COUNTED[rule.evidence].includes(evidenceOf(at(index)));
  const counted = matching.filter(
    (index) => isCounted(index) && (rule.measure.kind === "ratio" || isDenied(at(index))),
  );
  const groupOf = (index: number): string =>
    JSON.stringify(rule.groupBy.map((field) => valueIn(at(index), field)));
  const windowOf = (index: number): readonly number[] =>
    counted.filter(
      (other) =>
        other <= index &&
        groupOf(other) === groupOf(index) &&
        at(other).at > at(index).at - rule.windowSeconds,
    );
  const measureOf = (window: readonly number[]): number => {
    switch (rule.measure.kind) {
      case "count":
        return window.length;
      case "distinct": {
        const { field } = rule.measure;
        return new Set(window.map((each) => valueIn(at(each), field)).filter((each) => each !== ""))
          .size;
      }
      case "ratio":
        return window.length < rule.measure.minimum
          ? 0
          : window.filter((each) => isDenied(at(each))).length / window.length;
    }
  };
  const measures = counted.map((index) => measureOf(windowOf(index)));
  const reaching = counted.filter((_, place) => (measures[place] ?? 0) >= rule.threshold);
  const firings: (SlowFiring & { held: number })[] = [];
  for (const index of reaching) {
    const last = firings.filter(({ event }) => groupOf(event) === groupOf(index)).at(-1);
    if (last !== undefined && at(index).at < at(last.event).at + rule.cooldownSeconds) {
      last.held += 1;
    } else {
      const window = windowOf(index);
      firings.push({ event: index, window, measure: measureOf(window), held: 0 });
    }
  }
  const left = matching.filter((index) => isDenied(at(index)) && !isCounted(index));
  const claims = left.filter((index) => evidenceOf(at(index)) === "claim").length;
  return {
    firings,
    measures,
    denials: counted.filter((index) => isDenied(at(index))).length,
    groups: new Set(counted.map(groupOf)).size,
    unverified: left.length - claims,
    claims,
  };
}

function valueIn({ values }: TestEvent, field: EventField): string {
  return values?.[field] ?? "";
}

function fulfils({ conditions }: Rule, event: TestEvent): boolean {
  return conditions.every((condition) => fulfilsOne(condition, valueIn(event, condition.field)));
}

function fulfilsOne({ operator, values }: RuleCondition, text: string): boolean {
  const some = (holds: (value: string) => boolean): boolean => values.some(holds);
  switch (operator) {
    case "is":
      return some((value) => text === value);
    case "is-not":
      return !some((value) => text === value);
    case "starts-with":
      return some((value) => text.indexOf(value) === 0);
    case "ends-with":
      return some((value) => text.endsWith(value));
    case "contains":
      return some((value) => text.indexOf(value) !== -1);
    case "matches":
      return some((value) => new RegExp(value, "u").test(text));
  }
}
