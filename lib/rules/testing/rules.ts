import fc from "fast-check";
import { EVENT_FIELDS } from "@/lib/denials/model.ts";
import {
  OPERATORS,
  RULE_EVIDENCE,
  type Rule,
  type RuleCondition,
  type RuleMeasure,
  SEVERITIES,
} from "../model.ts";

/** A rule as a test needs it. */
export function ruleOf(changes: Partial<Rule>): Rule {
  return {
    id: "rule",
    name: "Rule",
    description: "",
    severity: "medium",
    isEnabled: true,
    conditions: [],
    groupBy: [],
    measure: { kind: "count" },
    windowSeconds: 10,
    threshold: 2,
    cooldownSeconds: 0,
    evidence: "verified",
    ...changes,
  };
}

/** Rules over what `testEvents` yields. */
export const windowRules: fc.Arbitrary<Rule> = fc
  .record({
    windowSeconds: fc.constantFrom(1, 2, 5, 10, 100),
    cooldownSeconds: fc.constantFrom(0, 1, 5, 30, 1000),
    evidence: fc.constantFrom(...RULE_EVIDENCE),
    groupBy: fc.constantFrom([], ["agent" as const], ["agent" as const, "guard" as const]),
    measure: fc.constantFrom<RuleMeasure>(
      { kind: "count" },
      { kind: "distinct", field: "scope" },
      { kind: "ratio", minimum: 3 },
      { kind: "ratio", minimum: 1 },
    ),
    whole: fc.integer({ min: 1, max: 6 }),
    share: fc.constantFrom(0.1, 0.5, 2 / 3, 1),
    conditions: fc.constantFrom<readonly RuleCondition[]>(
      [],
      [],
      [{ field: "agent", operator: "is-not", values: ["b"] }],
      [
        { field: "scope", operator: "matches", values: ["^[st]?$", "u"] },
        { field: "guard", operator: "starts-with", values: ["g", "x"] },
      ],
    ),
  })
  .map(({ whole, share, ...rule }) =>
    ruleOf({ ...rule, threshold: rule.measure.kind === "ratio" ? share : whole }),
  );

const texts = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 6 }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    "__proto__",
    "*",
    "a?b",
    "\\",
    "\\*",
    "(?i)x",
    "- a: &b",
    "'\"",
    "\u2028",
    "null",
    " ",
  ),
);
const patterns = fc.constantFrom("a.*b", "(?i)x|y", "(?i)(?i)x", "^\\d+$", "\\*", "[a-z]{2,4}");
const condition: fc.Arbitrary<RuleCondition> = fc
  .record({
    field: fc.constantFrom(...EVENT_FIELDS),
    operator: fc.constantFrom(...OPERATORS),
    words: fc.array(texts, { minLength: 1, maxLength: 3 }),
    patterns: fc.array(patterns, { minLength: 1, maxLength: 2 }),
  })
  .map(({ field, operator, words, patterns: list }) => ({
    field,
    operator,
    values: operator === "matches" ? list : words,
  }));

/** Any rule that a file may hold. */
export const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    id: fc.oneof(fc.uuid(), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/u)),
    name: texts.filter((text) => text.trim() !== ""),
    description: fc.oneof(fc.constant(""), texts),
    severity: fc.constantFrom(...SEVERITIES),
    isEnabled: fc.boolean(),
    conditions: fc.array(condition, { maxLength: 3 }),
    groupBy: fc.subarray([...EVENT_FIELDS], { maxLength: 4 }),
    measure: fc.oneof(
      fc.constant<RuleMeasure>({ kind: "count" }),
      fc.constantFrom(...EVENT_FIELDS).map((field): RuleMeasure => ({ kind: "distinct", field })),
      fc.integer({ min: 1, max: 1000 }).map((minimum): RuleMeasure => ({ kind: "ratio", minimum })),
    ),
    windowSeconds: fc.constantFrom(1, 59, 60, 90, 600, 3600, 86_400, 366 * 86_400),
    cooldownSeconds: fc.constantFrom(0, 1, 1800),
    evidence: fc.constantFrom(...RULE_EVIDENCE),
    whole: fc.integer({ min: 1, max: 1_000_000 }),
    share: fc.double({ min: 0.001, max: 1, noNaN: true }),
  })
  .map(({ whole, share, ...rule }) => ({
    ...rule,
    threshold: rule.measure.kind === "ratio" ? share : whole,
  }));
