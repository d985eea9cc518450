import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../json/value.ts";
import { constraintOf, inputOf } from "../testing/capabilities.ts";
import { evaluateConstraint } from "./evaluate-constraint.ts";
import type { ConstraintMode } from "./outcome.ts";

function outcome(
  type: string,
  value: JsonValue | undefined,
  given: JsonValue = {},
  mode: ConstraintMode = "full",
): string {
  const result = evaluateConstraint(constraintOf(type, value), inputOf(given, mode));
  return result.kind === "error" ? result.detail : result.kind;
}

/** Every type with a value that it has, one that it does not have, and what it gives for no arguments. */
const TYPES: readonly (readonly [string, JsonValue | undefined, JsonValue, string, boolean])[] = [
  ["path_prefix", "/a", 7, "fails", true],
  ["domain_exact", "a.b", 7, "fails", true],
  ["domain_glob", "*.b", null, "fails", true],
  ["max_length", 5, -1, "holds", true],
  ["max_args_size", 2, "2", "holds", true],
  ["custom", ["k", "v"], ["k", "v", "w"], "fails", true],
  ["audience_allowlist", ["a"], "a", "holds", true],
  ["memory_store_allowlist", ["a"], ["a", 7], "holds", true],
  ["regex_match", "a", 7, "fails", false],
  ["memory_write_deny_patterns", ["a"], "a", "holds", false],
  ["model_constraint", {}, { min_safety_tier: "top" }, "holds", false],
  ["governed_intent_required", undefined, null, "unchecked", false],
  ["require_approval_above", { threshold_units: 5 }, 5, "unchecked", false],
  ["seller_exact", "s", 7, "unchecked", false],
  ["minimum_runtime_assurance", "basic", "high", "unchecked", false],
  ["minimum_autonomy_tier", "direct", "none", "unchecked", false],
  ["table_allowlist", ["t"], "t", "unchecked", false],
  ["column_denylist", ["t.c"], [7], "unchecked", false],
  ["max_rows_returned", 5, "5", "unchecked", false],
  ["operation_class", "read_only", "write", "unchecked", false],
  ["content_review_tier", "none", "low", "fails", false],
  ["max_transaction_amount_usd", "10.50", "10.", "fails", false],
  ["require_dual_approval", false, 0, "fails", false],
];

describe("a constraint", () => {
  it.each(TYPES)(
    "%s is evaluated, or an error where it is malformed",
    (type, good, bad, result) => {
      expect(outcome(type, good)).toBe(result);
      expect(outcome(type, bad)).toBe(`constraint ${type} is malformed`);
    },
  );

  it.each(TYPES)("%s by the portable rule", (type, value, malformed, result, portable) => {
    const cannot = `constraint ${type} cannot be evaluated`;
    expect(outcome(type, value, {}, "portable")).toBe(portable ? result : cannot);
    expect(outcome(type, malformed, {}, "portable")).toBe(
      portable ? `constraint ${type} is malformed` : cannot,
    );
  });

  it.each(["unheard_of", "", "__proto__", "Path_Prefix"])(
    "of type %j is unknown in both modes",
    (type) => {
      for (const mode of ["portable", "full"] as const) {
        expect(outcome(type, "/", {}, mode)).toBe(`constraint ${type} cannot be evaluated`);
      }
    },
  );

  it.each<readonly [string, readonly JsonValue[]]>([
    ["minimum_runtime_assurance", ["none", "basic", "attested", "verified"]],
    ["minimum_autonomy_tier", ["direct", "delegated", "autonomous"]],
    ["operation_class", ["read_only", "read_write", "admin"]],
  ])("%s has its words", (type, words) => {
    expect(words.map((word) => outcome(type, word))).toEqual(words.map(() => "unchecked"));
  });

  it("never holds on a review, an amount or a second approval", () => {
    expect(["none", "basic", "strict"].map((tier) => outcome("content_review_tier", tier))).toEqual(
      ["fails", "fails", "fails"],
    );
    expect(outcome("require_dual_approval", true)).toBe("fails");
    expect(outcome("max_transaction_amount_usd", "7")).toBe("fails");
    expect(outcome("max_transaction_amount_usd", 7)).toBe(
      "constraint max_transaction_amount_usd is malformed",
    );
  });
});
