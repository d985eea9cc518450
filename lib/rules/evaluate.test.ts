import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateRule, measureRule } from "./evaluate.ts";
import { ALERT_MEMBERS } from "./model.ts";
import { curveThresholds, previewRule } from "./preview.ts";
import { eventsOf, type TestEvent, testEvents } from "./testing/events.ts";
import { ruleOf, windowRules } from "./testing/rules.ts";
import { slowRule } from "./testing/slow-rule.ts";

describe("a rule", () => {
  it("agrees with its definition on random data", () => {
    fc.assert(
      fc.property(windowRules, testEvents, (rule, list) => {
        const slow = slowRule(rule, list);
        const events = eventsOf(list);
        const found = evaluateRule(rule, events);
        expect(found.fired).toBe(slow.firings.length);
        expect(found.held).toBe(slow.firings.reduce((sum, { held }) => sum + held, 0));
        expect(found.events).toBe(slow.denials);
        expect(found.groups).toBe(slow.groups);
        expect(found.notCounted).toEqual({ unverified: slow.unverified, claims: slow.claims });
        expect(found.peak).toBe(Math.max(0, ...slow.measures));
        expect(
          found.alerts.map(({ at, since, measure, held, events: size, rows, records }) => ({
            ...{ at, since, measure, held, size, rows, records },
          })),
        ).toEqual(
          slow.firings.map(({ event, window, measure, held }) => ({
            at: events.second[event],
            since: events.second[window[0] ?? -1],
            measure,
            held,
            size: window.length,
            rows: window.flatMap((each) => (events.row[each] === -1 ? [] : [events.row[each]])),
            records: window.flatMap((each) =>
              events.row[each] === -1 ? [events.record[each]] : [],
            ),
          })),
        );
      }),
      { numRuns: 700 },
    );
  });

  it("would fire at each threshold of its curve as often as the rule with that threshold", () => {
    fc.assert(
      fc.property(windowRules, testEvents, (rule, list) => {
        const events = eventsOf(list);
        const { curve, fired } = previewRule(rule, events);
        for (const point of curve) {
          expect(point.fired).toBe(
            evaluateRule({ ...rule, threshold: point.threshold }, events).fired,
          );
        }
        expect(curve.find(({ threshold }) => threshold === rule.threshold)?.fired).toBe(fired);
      }),
      { numRuns: 150 },
    );
  });

  it("tells groups apart whose table would be too large", () => {
    const list: TestEvent[] = [];
    for (let index = 0; index < 6000; index += 1) {
      const agent = `agent-${index % 3000}`;
      list.push({ at: index, values: { agent, scope: `scope-${(index * 7) % 3000}` } });
    }
    const rule = ruleOf({ groupBy: ["agent", "scope"], windowSeconds: 3001, threshold: 2 });
    const found = evaluateRule(rule, eventsOf(list));
    expect(found).toMatchObject({ groups: 3000, fired: 3000, events: 6000, peak: 2 });
  });

  it("slides its window with the events and not with the clock", () => {
    const at = (...seconds: readonly number[]) =>
      eventsOf(seconds.map((second) => ({ at: second })));
    const rule = ruleOf({ windowSeconds: 10, threshold: 3 });
    expect(evaluateRule(rule, at(8, 9, 11)).alerts[0]).toMatchObject({
      at: 11,
      since: 8,
      events: 3,
    });
    expect(evaluateRule(rule, at(1, 5, 10)).fired).toBe(1);
    expect(evaluateRule(rule, at(0, 5, 10)).fired).toBe(0);
  });

  it("holds repeats back until the cooldown ends, and counts them", () => {
    const events = eventsOf([0, 1, 2, 11, 12].map((at) => ({ at, values: { agent: "a" } })));
    const rule = ruleOf({
      windowSeconds: 100,
      threshold: 2,
      cooldownSeconds: 10,
      groupBy: ["agent"],
    });
    expect(evaluateRule(rule, events)).toMatchObject({
      fired: 2,
      held: 2,
      alerts: [
        { at: 1, held: 1, heldUntil: 11, group: [{ field: "agent", value: "a" }] },
        { at: 11, held: 1, heldUntil: 21 },
      ],
    });
  });

  it("never counts what does not verify, and claims only where everything counts", () => {
    const events = eventsOf(
      (["verified", "self-consistent", "not-checked", "does-not-verify", "claim"] as const).map(
        (evidence, at) => ({ at, evidence }),
      ),
    );
    const counted = (evidence: "verified" | "signed" | "everything") =>
      evaluateRule(ruleOf({ evidence, threshold: 1, windowSeconds: 1 }), events);
    expect(counted("verified")).toMatchObject({
      events: 1,
      notCounted: { unverified: 3, claims: 1 },
    });
    expect(counted("signed")).toMatchObject({
      events: 2,
      notCounted: { unverified: 2, claims: 1 },
    });
    expect(counted("everything")).toMatchObject({
      events: 4,
      notCounted: { unverified: 1, claims: 0 },
    });
    expect(counted("everything").alerts.at(-1)).toMatchObject({ rows: [], records: [1004] });
  });

  it("names at most so many of its events, and so many alerts", () => {
    const events = eventsOf(Array.from({ length: 2000 }, (_, at) => ({ at })));
    const found = evaluateRule(ruleOf({ windowSeconds: 5000, threshold: 1 }), events, 3);
    expect(found.fired).toBe(2000);
    expect(found.alerts).toHaveLength(3);
    const [alert] = evaluateRule(ruleOf({ windowSeconds: 5000, threshold: 2000 }), events).alerts;
    expect(alert?.events).toBe(2000);
    expect(alert?.rows).toHaveLength(ALERT_MEMBERS);
    expect(alert?.rows.at(-1)).toBe(100 + 1999);
  });

  it("finds nothing in nothing", () => {
    const empty = { fired: 0, held: 0, events: 0, groups: 0, peak: 0, alerts: [] };
    expect(evaluateRule(ruleOf({}), eventsOf([]))).toMatchObject(empty);
    expect(evaluateRule(ruleOf({}), eventsOf([{ at: Number.NaN }]))).toMatchObject(empty);
  });

  it("throws on a pattern that is none", () => {
    const rule = ruleOf({ conditions: [{ field: "agent", operator: "matches", values: ["("] }] });
    expect(() => measureRule(rule, eventsOf([]))).toThrow(RangeError);
  });
});

describe("curveThresholds", () => {
  it("has every whole threshold near the chosen one, and a few far away", () => {
    const points = curveThresholds({ kind: "count" }, 100, 50_000);
    expect(points.length).toBeLessThanOrEqual(25);
    for (let near = 95; near <= 105; near += 1) {
      expect(points).toContain(near);
    }
    expect(points[0]).toBe(1);
    expect(points.at(-1)).toBe(50_001);
    expect(points).toEqual([...new Set(points)].sort((one, other) => one - other));
  });

  it("has all where they are few, and twentieths of a ratio", () => {
    expect(curveThresholds({ kind: "count" }, 3, 4)).toEqual([1, 2, 3, 4, 5]);
    expect(curveThresholds({ kind: "count" }, 9, 0)).toHaveLength(10);
    expect(curveThresholds({ kind: "ratio", minimum: 1 }, 0.33, 1)).toHaveLength(21);
  });
});
