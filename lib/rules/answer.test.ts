import { describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { alertName } from "./alert-name.ts";
import { answerRules } from "./answer.ts";
import { evaluateRule } from "./evaluate.ts";
import { previewRule } from "./preview.ts";
import { eventsOf } from "./testing/events.ts";
import { ruleOf } from "./testing/rules.ts";

const events = eventsOf(
  ["a", "b", "a", "", "a", "b"].map((agent, at) => ({ at, denied: at !== 5, values: { agent } })),
);

describe("answerRules", () => {
  it("previews one rule", () => {
    const rule = ruleOf({ groupBy: ["agent"] });
    expect(answerRules(events, { name: "preview", ask: rule })).toEqual(previewRule(rule, events));
  });

  it("evaluates what is switched on, by time, under any id", () => {
    const rules = [
      ruleOf({ id: "late", threshold: 4 }),
      ruleOf({ id: "__proto__", threshold: 1, cooldownSeconds: 100 }),
      ruleOf({ id: "off", threshold: 1, isEnabled: false }),
    ];
    const answer = answerRules(events, { name: "evaluate", ask: rules });
    expect("fired" in answer && Object.entries(answer.fired)).toEqual([
      ["late", { fired: 2, held: 0 }],
      ["__proto__", { fired: 1, held: 4 }],
    ]);
    expect("alerts" in answer && answer.alerts.map(({ rule, at }) => [rule, at])).toEqual([
      ["__proto__", 0],
      ["late", 3],
      ["late", 4],
    ]);
  });

  it("lists values of denials, most frequent first, and none for no value", () => {
    expect(answerRules(events, { name: "values", ask: "agent" })).toEqual([
      { value: "a", denials: 3 },
      { value: "b", denials: 1 },
    ]);
    const many = eventsOf(
      Array.from({ length: 300 }, (_, at) => ({ at, values: { key: `k${at}` } })),
    );
    expect(answerRules(many, { name: "values", ask: "key" })).toHaveLength(200);
  });
});

describe("alertName", () => {
  it("is the same for the same alert and differs between the alerts of a rule", () => {
    const rule = ruleOf({ threshold: 1, groupBy: ["agent"] });
    const same = eventsOf([0, 0, 0, 1].map((at) => ({ at, values: { agent: "a\ud800" } })));
    const names = evaluateRule(rule, same).alerts.map((alert) => alertName(alert, purePrimitives));
    expect(new Set(names).size).toBe(4);
    const elsewhere = { ...same, row: same.row.map((row) => row + 7) };
    const again = evaluateRule({ ...rule, name: "Another" }, elsewhere).alerts;
    expect(again.map((alert) => alertName(alert, purePrimitives))).toEqual(names);
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/u);
  });
});
