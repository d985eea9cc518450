import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { ruleProblems } from "./check-rule.ts";
import { problemSentence } from "./problem.ts";
import { readRules } from "./read-rules.ts";
import { MAX_RULE_TEXT, readRuleFile, writeRuleFile } from "./rule-file.ts";
import { STARTER_RULES } from "./starters.ts";
import { anyRule, ruleOf } from "./testing/rules.ts";

const MINIMAL = {
  id: "a",
  name: "A",
  measure: { kind: "count" },
  window_seconds: 60,
  threshold: 1,
};
const fileOf = (...rules: readonly object[]): string =>
  JSON.stringify({ schema: "chio-explorer.rules.v1", rules }, null, 1);

const problemsOf = (text: string) => {
  const read = readRules(text);
  return read.ok ? [] : read.error;
};

describe("a file of rules", () => {
  it("comes back as it was written, and is written the same again", () => {
    const lists = fc.uniqueArray(anyRule, { selector: ({ id }) => id, maxLength: 4 });
    fc.assert(
      fc.property(lists, (rules) => {
        const text = writeRuleFile(rules);
        expect(readRuleFile(text)).toEqual({ ok: true, value: rules });
        expect(parseJson(text).ok).toBe(true);
        expect(readRules(text)).toEqual({ ok: true, value: { rules, notes: [] } });
      }),
      { numRuns: 200 },
    );
  });

  it("may leave out what has a usual value", () => {
    expect(readRuleFile(fileOf(MINIMAL))).toEqual({
      ok: true,
      value: [ruleOf({ id: "a", name: "A", windowSeconds: 60, threshold: 1 })],
    });
  });

  it("may be YAML", () => {
    const yaml = [
      "# rules of the night shift",
      "schema: chio-explorer.rules.v1",
      "rules:",
      "  - id: a",
      "    name: A",
      "    measure: { kind: distinct, field: scope }",
      "    conditions: [{ field: guard, operator: is, values: ['__proto__'] }]",
      "    window_seconds: 600",
      "    threshold: 3",
    ].join("\r\n");
    const read = readRules(yaml);
    expect(read.ok && read.value.rules).toEqual([
      ruleOf({
        id: "a",
        name: "A",
        measure: { kind: "distinct", field: "scope" },
        conditions: [{ field: "guard", operator: "is", values: ["__proto__"] }],
        windowSeconds: 600,
        threshold: 3,
      }),
    ]);
  });

  it("makes half a surrogate pair, which no strict reader takes, a mark", () => {
    const rule = ruleOf({ name: "a\ud800" });
    expect(readRuleFile(writeRuleFile([rule]))).toEqual({
      ok: true,
      value: [{ ...rule, name: "a\ufffd" }],
    });
  });

  it.each([
    ["not JSON", "{", "text", ""],
    ["a repeated member", '{"schema":"x","schema":"y"}', "text", "/schema"],
    ["no schema", "{}", "missing-member", ""],
    ["another schema", '{"schema":"chio-explorer.rules.v2","rules":[]}', "form", "/schema"],
    ["no rules", '{"schema":"chio-explorer.rules.v1"}', "missing-member", "/rules"],
    [
      "an unknown member",
      fileOf({ ...MINIMAL, treshold: 3 }),
      "unknown-member",
      "/rules/0/treshold",
    ],
    ["null", fileOf({ ...MINIMAL, enabled: null }), "wrong-type", "/rules/0/enabled"],
    ["no threshold", fileOf({ ...MINIMAL, threshold: undefined }), "missing-member", "/rules/0"],
    [
      "a text for a number",
      fileOf({ ...MINIMAL, threshold: "3" }),
      "wrong-type",
      "/rules/0/threshold",
    ],
    ["a list for a rule", fileOf([]), "wrong-type", "/rules/0"],
    [
      "an unknown field",
      fileOf({ ...MINIMAL, group_by: ["agent", "__proto__"] }),
      "unknown-name",
      "/rules/0/group_by/1",
    ],
    [
      "an unknown measure",
      fileOf({ ...MINIMAL, measure: { kind: "sum" } }),
      "unknown-name",
      "/rules/0/measure/kind",
    ],
    [
      "no field to count",
      fileOf({ ...MINIMAL, measure: { kind: "distinct" } }),
      "missing-member",
      "/rules/0/measure",
    ],
    [
      "a window of nothing",
      fileOf({ ...MINIMAL, window_seconds: 0 }),
      "out-of-range",
      "/rules/0/window_seconds",
    ],
    [
      "a window of years",
      fileOf({ ...MINIMAL, window_seconds: 366 * 86_400 + 1 }),
      "out-of-range",
      "/rules/0/window_seconds",
    ],
    [
      "half a second",
      fileOf({ ...MINIMAL, window_seconds: 0.5 }),
      "out-of-range",
      "/rules/0/window_seconds",
    ],
    [
      "a threshold of 0",
      fileOf({ ...MINIMAL, threshold: 0 }),
      "out-of-range",
      "/rules/0/threshold",
    ],
    [
      "a share above 1",
      fileOf({ ...MINIMAL, measure: { kind: "ratio", minimum: 1 }, threshold: 1.1 }),
      "out-of-range",
      "/rules/0/threshold",
    ],
    ["an id with a space", fileOf({ ...MINIMAL, id: "a b" }), "out-of-range", "/rules/0/id"],
    ["one id twice", fileOf(MINIMAL, MINIMAL), "duplicate", "/rules/1/id"],
    [
      "a pattern that is none",
      fileOf({ ...MINIMAL, conditions: [{ field: "agent", operator: "matches", values: ["("] }] }),
      "pattern",
      "/rules/0/conditions/0/values",
    ],
    [
      "a pattern that backtracks",
      fileOf({
        ...MINIMAL,
        conditions: [{ field: "agent", operator: "matches", values: ["(a)\\1"] }],
      }),
      "pattern",
      "/rules/0/conditions/0/values",
    ],
    [
      "no values",
      fileOf({ ...MINIMAL, conditions: [{ field: "agent", operator: "is", values: [] }] }),
      "out-of-range",
      "/rules/0/conditions/0/values",
    ],
    [
      "a group field twice",
      fileOf({ ...MINIMAL, group_by: ["agent", "agent"] }),
      "out-of-range",
      "/rules/0/group_by",
    ],
    [
      "501 rules",
      fileOf(...Array.from({ length: 501 }, (_, index) => ({ ...MINIMAL, id: `r${index}` }))),
      "out-of-range",
      "/rules",
    ],
    ["a text that is too long", " ".repeat(MAX_RULE_TEXT + 1), "text", ""],
    ["no text", "", "form", ""],
    ["an alias", "schema: &a chio-explorer.rules.v1\nrules: *a", "text", ""],
    ["a second document", "schema: chio-explorer.rules.v1\nrules: []\n---\nschema: a", "form", ""],
  ])("is refused for %s", (_, text, code, pointer) => {
    const [problem] = problemsOf(text);
    expect(problem).toMatchObject({ code, pointer });
    expect(problem?.fix).not.toBe("");
  });

  it("is refused with the line, and with every problem at once", () => {
    const text = fileOf(
      { ...MINIMAL, window_seconds: 0, threshold: 0 },
      { ...MINIMAL, id: "b", more: 1 },
    );
    expect(problemsOf(text).map(({ line, code }) => [line, code])).toEqual([
      [10, "out-of-range"],
      [11, "out-of-range"],
      [21, "unknown-member"],
    ]);
    expect(problemSentence({ code: "text", line: 3, pointer: "/a", detail: "b", fix: "c" })).toBe(
      "line 3, /a: b; c",
    );
  });

  it("is read in bounded time whatever it holds", () => {
    const deep = `${"[".repeat(200_000)}`;
    for (const text of [
      deep,
      `a: ${deep}`,
      "- ".repeat(100_000),
      "---\n".repeat(200_000),
      "x: {".repeat(50_000),
    ]) {
      expect(readRules(text).ok).toBe(false);
    }
  });
});

describe("starter rules", () => {
  it("are rules, all off, that a file can hold", () => {
    expect(STARTER_RULES).toHaveLength(6);
    for (const rule of STARTER_RULES) {
      expect(ruleProblems(rule)).toEqual([]);
      expect(rule.isEnabled).toBe(false);
    }
    expect(readRuleFile(writeRuleFile(STARTER_RULES))).toEqual({ ok: true, value: STARTER_RULES });
  });
});
