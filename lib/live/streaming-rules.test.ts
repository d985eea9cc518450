import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DecisionEvents,
  EVENT_FIELDS,
  EVIDENCE,
  type EventField,
} from "@/lib/denials/model.ts";
import { evaluateRule } from "@/lib/rules/evaluate.ts";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import type { LiveEvent } from "./model.ts";
import { StreamingRules } from "./streaming-rules.ts";

const FAR = 4_000_000_000;

const NAMES = ["", "a", "b", "__proto__"];
const anyEvent = fc.record({
  step: fc.nat({ max: 30 }),
  isDenied: fc.boolean(),
  evidence: fc.constantFrom(...EVIDENCE),
  agent: fc.constantFrom(...NAMES),
  scope: fc.constantFrom(...NAMES),
  guard: fc.constantFrom(...NAMES),
});
const anyRule: fc.Arbitrary<Rule> = fc.record({
  id: fc.constant("r"),
  name: fc.constant("rule"),
  description: fc.constant(""),
  severity: fc.constant("high"),
  isEnabled: fc.constant(true),
  conditions: fc.constantFrom(
    [],
    [{ field: "guard", operator: "is-not", values: ["a"] }],
    [{ field: "scope", operator: "matches", values: ["^[ab]?$"] }],
  ),
  groupBy: fc.constantFrom<readonly EventField[]>([], ["agent"], ["agent", "scope"]),
  measure: fc.constantFrom<Rule["measure"]>(
    { kind: "count" },
    { kind: "distinct", field: "scope" },
    { kind: "ratio", minimum: 3 },
  ),
  windowSeconds: fc.integer({ min: 1, max: 90 }),
  threshold: fc.constantFrom(0.5, 1, 2, 4),
  cooldownSeconds: fc.nat({ max: 120 }),
  evidence: fc.constantFrom<Rule["evidence"]>("verified", "signed", "everything"),
});

describe("streaming rules", () => {
  it("give the alerts of a whole evaluation, however the stream is cut", () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 60 }),
        anyRule,
        fc.integer({ min: 1, max: 9 }),
        (given, rule, cut) => {
          let second = 1_000;
          const events = given.map((each, row): LiveEvent => {
            second += each.step;
            return liveEvent(row, second, each);
          });
          const expected = evaluateRule(rule, columns(events));
          const streaming = new StreamingRules([rule]);
          const alerts = new Map<number, Alert>();
          for (let from = 0; from < events.length; from += cut) {
            for (const { number, alert } of streaming.take(events.slice(from, from + cut), FAR)
              .alerts) {
              alerts.set(number, alert);
            }
          }
          const found = [...alerts.keys()].sort((a, b) => a - b).map((key) => alerts.get(key));
          expect(found).toEqual(expected.alerts);
          expect(streaming.alerts).toBe(expected.fired);
          expect(streaming.held).toBe(expected.held);
        },
      ),
      { numRuns: 400, seed: 5 },
    );
  });

  it("counts what comes a little late with the newest, and what comes later than a window in none", () => {
    const rule = ruleOf({ windowSeconds: 10, threshold: 2 });
    const streaming = new StreamingRules([rule]);
    expect(streaming.take([denial(1, 100)], FAR).alerts).toEqual([]);
    const late = streaming.take([denial(2, 95)], FAR);
    expect(late.alerts[0]?.alert).toMatchObject({ at: 100, events: 2, rows: [1, 2] });
    expect(streaming.take([denial(3, 90)], FAR)).toEqual({ alerts: [], outOfTime: 1 });
  });

  it("lets no time of the future move the windows of others", () => {
    const streaming = new StreamingRules([ruleOf({ windowSeconds: 10, threshold: 2 })]);
    const now = 1_000;
    streaming.take([denial(1, 995)], now);
    expect(streaming.take([denial(2, 90_000)], now)).toEqual({ alerts: [], outOfTime: 1 });
    expect(streaming.take([denial(3, 996)], now).alerts).toHaveLength(1);
  });

  it("leaves rules alone that are off, and decisions without a time", () => {
    const streaming = new StreamingRules([ruleOf({ threshold: 1, isEnabled: false })]);
    expect(streaming.take([denial(1, 5)], FAR).alerts).toEqual([]);
    const on = new StreamingRules([ruleOf({ threshold: 1 })]);
    expect(on.take([{ ...denial(1, 5), second: null }], FAR).alerts).toEqual([]);
  });
});

function ruleOf(change: Partial<Rule>): Rule {
  return {
    id: "r",
    name: "rule",
    description: "",
    severity: "low",
    isEnabled: true,
    conditions: [],
    groupBy: [],
    measure: { kind: "count" },
    windowSeconds: 60,
    threshold: 1,
    cooldownSeconds: 0,
    evidence: "verified",
    ...change,
  };
}

function denial(row: number, second: number): LiveEvent {
  const given = {
    isDenied: true,
    evidence: "verified",
    agent: "a",
    scope: "s",
    guard: "g",
  } as const;
  return liveEvent(row, second, given);
}

function liveEvent(
  row: number,
  second: number,
  given: Pick<LiveEvent, "isDenied" | "evidence"> & { agent: string; scope: string; guard: string },
): LiveEvent {
  const { isDenied, evidence, agent, scope, guard } = given;
  const empty = {
    service: "",
    tool: "",
    topic: "",
    reason: "",
    capability: "",
    policy: "",
    key: "",
    group: "",
  };
  return { row, second, isDenied, evidence, fields: { ...empty, agent, scope, guard } };
}

/** The same events as the whole evaluation takes them. */
function columns(events: readonly LiveEvent[]): DecisionEvents {
  const texts = [""];
  const codes = new Map([["", 0]]);
  const code = (text: string): number => {
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  };
  const column = (field: EventField) =>
    Int32Array.from(events, ({ fields }) => code(fields[field]));
  const [agent, service, tool, scope, topic, guard, reason, capability, policy, key, group] =
    EVENT_FIELDS.map(column);
  const none = new Int32Array();
  const isClaim = (event: LiveEvent): boolean => event.evidence === "claim";
  return {
    count: events.length,
    second: Float64Array.from(events, ({ second }) => second ?? Number.NaN),
    isDenied: Uint8Array.from(events, ({ isDenied }) => (isDenied ? 1 : 0)),
    evidence: Uint8Array.from(events, ({ evidence }) => EVIDENCE.indexOf(evidence)),
    row: Int32Array.from(events, (event) => (isClaim(event) ? -1 : event.row)),
    record: Int32Array.from(events, (event) => (isClaim(event) ? event.row : -1)),
    fields: {
      agent: agent ?? none,
      service: service ?? none,
      tool: tool ?? none,
      scope: scope ?? none,
      topic: topic ?? none,
      guard: guard ?? none,
      reason: reason ?? none,
      capability: capability ?? none,
      policy: policy ?? none,
      key: key ?? none,
      group: group ?? none,
    },
    texts,
  };
}
