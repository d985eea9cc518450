import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { evaluateRule } from "./evaluate.ts";
import type { Rule } from "./model.ts";
import { readRules } from "./read-rules.ts";
import { writeSigma } from "./sigma.ts";
import { sigmaId } from "./sigma-names.ts";
import { STARTER_RULES } from "./starters.ts";
import { eventsOf, testEvents } from "./testing/events.ts";
import { anyRule, ruleOf } from "./testing/rules.ts";

const BASE = `title: Denials of one guard
name: base
logsource:
  product: chio
  service: denials
detection:
  selection:
    guard|cased: scope
  condition: selection
`;
const CORRELATION = `title: Many denials
id: 0e95725d-7320-415d-80f7-004da920fc11
correlation:
  type: event_count
  rules:
    - base
  group-by:
    - agent
  timespan: 10m
  condition:
    gte: 100
level: high
`;
const fileOf = (base: string, correlation: string): string => `${base}---\n${correlation}`;

const ruleIn = (text: string): Rule | undefined => {
  const read = readRules(text);
  return read.ok ? read.value.rules[0] : undefined;
};

describe("Sigma", () => {
  it("comes back as it was written", () => {
    const lists = fc.uniqueArray(
      anyRule.filter(({ measure }) => measure.kind !== "ratio"),
      { selector: ({ id }) => id, minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(lists, (rules) => {
        const { text, refused } = writeSigma(rules);
        expect(refused).toEqual([]);
        expect(readRules(text)).toEqual({ ok: true, value: { rules, notes: [] } });
        expect(writeSigma(rules).text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it("is what other tools read: a base rule and a correlation of it", () => {
    const rule = ruleOf({
      id: "probing",
      name: "One agent tries many scopes",
      severity: "high",
      conditions: [
        { field: "guard", operator: "is", values: ["scope", "a*b"] },
        { field: "agent", operator: "is-not", values: ["tester"] },
      ],
      groupBy: ["agent"],
      measure: { kind: "distinct", field: "scope" },
      windowSeconds: 600,
      threshold: 3,
      cooldownSeconds: 1800,
    });
    const [base, correlation] = parseAllDocuments(writeSigma([rule]).text).map((each) =>
      each.toJS(),
    );
    expect(base).toEqual({
      title: "Denials for: One agent tries many scopes",
      id: sigmaId("probing/base"),
      name: `chio_${sigmaId("probing").replaceAll("-", "")}`,
      status: "experimental",
      logsource: { product: "chio", service: "denials" },
      detection: {
        denied: { verdict: "deny" },
        c1: { "guard|cased": ["scope", "a\\*b"] },
        c2: { "agent|cased": ["tester"] },
        condition: "denied and c1 and not c2",
      },
      level: "informational",
    });
    expect(correlation).toEqual({
      title: "One agent tries many scopes",
      id: sigmaId("probing"),
      status: "experimental",
      correlation: {
        type: "value_count",
        rules: [base.name],
        "group-by": ["agent"],
        timespan: "10m",
        condition: { field: "scope", gte: 3 },
      },
      level: "high",
      chio: { id: "probing", enabled: true, cooldown_seconds: 1800, evidence: "verified" },
    });
    expect(sigmaId("probing")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
  });

  it("refuses a ratio by name and writes the others", () => {
    const { text, refused } = writeSigma(STARTER_RULES);
    expect(refused).toMatchObject([{ code: "sigma-inexpressible", pointer: "/4/measure" }]);
    const read = readRules(text);
    expect(read.ok && read.value.rules).toEqual(
      STARTER_RULES.filter(({ measure }) => measure.kind !== "ratio"),
    );
  });

  it("takes what others write, and says what it took for granted", () => {
    const read = readRules(fileOf(BASE, `${CORRELATION}author: someone\n`));
    expect(read).toEqual({
      ok: true,
      value: {
        rules: [
          ruleOf({
            id: "0e95725d-7320-415d-80f7-004da920fc11",
            name: "Many denials",
            severity: "high",
            conditions: [{ field: "guard", operator: "is", values: ["scope"] }],
            groupBy: ["agent"],
            windowSeconds: 600,
            threshold: 100,
            cooldownSeconds: 600,
          }),
        ],
        notes: [
          "author is not kept.",
          "Repeats within one window are held back, and verified denials are counted.",
        ],
      },
    });
    const more = CORRELATION.replace("gte: 100", "gt: 100");
    expect(ruleIn(fileOf(BASE, more))?.threshold).toBe(101);
  });

  it.each([
    ["guard: scope", { operator: "matches", values: ["(?is)^scope$"] }],
    ["guard: 'sc*p?'", { operator: "matches", values: ["(?is)^sc.*p.$"] }],
    ["guard|cased: 'a.b*'", { operator: "matches", values: ["(?s)^a\\.b.*$"] }],
    ["guard|cased: 'a\\*b\\\\c\\d'", { operator: "is", values: ["a*b\\c\\d"] }],
    ["guard|startswith: [a, b]", { operator: "matches", values: ["(?is)^a", "(?is)^b"] }],
    ["guard|contains|cased: 5", { operator: "contains", values: ["5"] }],
    ["guard|endswith|cased: x", { operator: "ends-with", values: ["x"] }],
    ["guard|re: '^a+$'", { operator: "matches", values: ["^a+$"] }],
    ["guard|re|i: '^a+$'", { operator: "matches", values: ["(?i)^a+$"] }],
    ["guard|cased: null", { operator: "is", values: [""] }],
  ])("reads %s", (selection, condition) => {
    const base = BASE.replace("guard|cased: scope", () => selection);
    expect(ruleIn(fileOf(base, CORRELATION))?.conditions).toEqual([
      { field: "guard", ...condition },
    ]);
  });

  it("compares as Sigma does: without regard to case unless told", () => {
    const events = eventsOf([{ at: 1, values: { guard: "SCOPE" } }]);
    const fired = (selection: string): number => {
      const text = fileOf(
        BASE.replace("guard|cased: scope", () => selection),
        CORRELATION,
      );
      const rule = ruleIn(text);
      return rule === undefined ? -1 : evaluateRule({ ...rule, threshold: 1 }, events).fired;
    };
    expect([fired("guard: scope"), fired("guard|cased: scope"), fired("guard: s?op*")]).toEqual([
      1, 0, 1,
    ]);
  });

  it.each([
    ["temporal", CORRELATION.replace("event_count", "temporal"), "/correlation/type"],
    ["value_sum", CORRELATION.replace("event_count", "value_sum"), "/correlation/type"],
    [
      "aliases",
      CORRELATION.replace("  timespan", "  aliases: {}\n  timespan"),
      "/correlation/aliases",
    ],
    ["two rules", CORRELATION.replace("- base", "- base\n    - other"), "/correlation/rules"],
    ["an unknown rule", CORRELATION.replace("- base", "- other"), "/correlation/rules"],
    [
      "lte",
      CORRELATION.replace("gte: 100", "gte: 100\n    lte: 200"),
      "/correlation/condition/lte",
    ],
    ["no bound", CORRELATION.replace("gte: 100", "eq: 100"), "/correlation/condition/eq"],
    ["generate", `${CORRELATION}generate: true\n`, "/generate"],
    ["a strange span", CORRELATION.replace("10m", "10M"), "/correlation/timespan"],
    ["an unknown group", CORRELATION.replace("- agent", "- User"), "/correlation/group-by/0"],
    ["an unknown member", `${CORRELATION}cooldown: 5m\n`, "/cooldown"],
    ["an unknown level", CORRELATION.replace("high", "severe"), "/level"],
    ["a count beyond reach", CORRELATION.replace("100", "1e12"), ""],
    ["a document more", `${CORRELATION}---\ntitle: a\nfilter: {}\n`, "/filter"],
  ])("refuses of a correlation: %s", (_, correlation, pointer) => {
    const read = readRules(fileOf(BASE, correlation));
    expect(read.ok ? [] : read.error.map((problem) => problem.pointer)).toContain(pointer);
  });

  it.each([
    ["1 of", "selection", "1 of them", "/detection/condition"],
    ["or", "condition: selection", "condition: selection or selection", "/detection/condition"],
    ["brackets", "condition: selection", "condition: (selection)", "/detection/condition"],
    [
      "count() by",
      "condition: selection",
      "condition: selection | count() by agent > 5",
      "/detection/condition",
    ],
    ["near", "condition: selection", "condition: selection | near other", "/detection/condition"],
    ["and at the end", "condition: selection", "condition: selection and", "/detection/condition"],
    [
      "two conditions",
      "condition: selection",
      "condition: [selection, selection]",
      "/detection/condition",
    ],
    [
      "a timeframe",
      "condition: selection",
      "timeframe: 5m\n  condition: selection",
      "/detection/timeframe",
    ],
    [
      "a selection that is not used",
      "condition: selection",
      "other: {agent: a}\n  condition: selection",
      "/detection/other",
    ],
    ["keywords", "selection:\n    guard|cased: scope", "selection: [a, b]", "/detection/selection"],
    ["base64", "guard|cased", "guard|base64", "/detection/selection/guard|base64"],
    ["all", "guard|cased", "guard|contains|all", "/detection/selection/guard|contains|all"],
    ["cidr", "guard|cased", "guard|cidr", "/detection/selection/guard|cidr"],
    ["two kinds", "guard|cased", "guard|contains|re", "/detection/selection/guard|contains|re"],
    ["an unknown field", "guard|cased", "Image", "/detection/selection/Image"],
    ["a map for a value", "guard|cased: scope", "guard: {a: b}", "/detection/selection/guard"],
    ["not of a wildcard", "condition: selection", "condition: not selection", null],
    [
      "not of several fields",
      "guard|cased: scope\n  condition: selection",
      "guard|cased: a\n    agent|cased: b\n  condition: not selection",
      "/detection/selection",
    ],
    [
      "not without regard to case",
      "guard|cased: scope\n  condition: selection",
      "guard: a\n  condition: not selection",
      "/detection/selection/guard",
    ],
    ["allowed calls", "guard|cased: scope", "verdict: allow", "/detection/selection/verdict"],
    ["another product", "product: chio", "product: windows", "/logsource/product"],
    ["a category", "service: denials", "service: denials\n  category: x", "/logsource/category"],
    ["no name", "name: base\n", "", "/name"],
  ])("refuses of a base rule: %s", (_, from, to, pointer) => {
    const base = _ === "1 of" ? BASE.replace(/selection\n$/u, `${to}\n`) : BASE.replace(from, to);
    const read = readRules(fileOf(base, CORRELATION));
    if (pointer === null) {
      expect(read.ok && read.value.rules[0]?.conditions).toEqual([
        { field: "guard", operator: "is-not", values: ["scope"] },
      ]);
    } else {
      expect(read.ok ? [] : read.error.map((problem) => problem.pointer)).toContain(pointer);
    }
  });

  it("says at which document a problem stands", () => {
    const read = readRules(fileOf(BASE, CORRELATION.replace("event_count", "temporal")));
    expect(read.ok ? [] : read.error).toMatchObject([{ line: 11, code: "sigma-unsupported" }]);
  });

  it.each([
    ["no correlation", BASE],
    ["one id twice", `${fileOf(BASE, CORRELATION)}---\n${CORRELATION}`],
    ["one name twice", `${BASE}---\n${fileOf(BASE, CORRELATION)}`],
    [
      "an alias",
      fileOf(BASE, CORRELATION)
        .replace("title: Many", "title: &x Many")
        .replace("level: high", "level: *x"),
    ],
    ["a tag", fileOf(BASE, CORRELATION.replace("gte: 100", "gte: !!int 100"))],
    ["a member twice", fileOf(BASE, `${CORRELATION}title: again\n`)],
    ["a prototype", fileOf(BASE, `${CORRELATION}__proto__: {level: low}\n`)],
    ["lists without end", `${"- ".repeat(100_000)}a`],
    ["another version of YAML", `%YAML 1.1\n${fileOf(BASE, CORRELATION)}`],
  ])("refuses %s", (_, text) => expect(readRules(text).ok).toBe(false));

  it("counts the same after a round trip", () => {
    const rule = ruleOf({
      conditions: [{ field: "scope", operator: "starts-with", values: ["s", "t"] }],
      groupBy: ["agent"],
      threshold: 2,
      cooldownSeconds: 5,
    });
    const back = ruleIn(writeSigma([rule]).text);
    fc.assert(
      fc.property(testEvents, (list) => {
        const events = eventsOf(list);
        expect(back === undefined ? null : evaluateRule(back, events)).toEqual(
          evaluateRule(rule, events),
        );
      }),
      { numRuns: 30 },
    );
  });
});
