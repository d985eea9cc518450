import { describe, expect, it } from "vitest";
import type { ModelMetadata } from "../../evaluation/call.ts";
import type { JsonValue } from "../../json/value.ts";
import { inputOf } from "../testing/capabilities.ts";
import { modelConstraint } from "./model-constraint.ts";

function outcome(value: JsonValue, model: ModelMetadata | null): string | undefined {
  return modelConstraint(value, inputOf({}, "full", model))?.kind;
}

const model = (modelId: string, safetyTier: ModelMetadata["safetyTier"] = null): ModelMetadata => ({
  modelId,
  safetyTier,
});

describe("model_constraint", () => {
  it("asks for nothing where it names nothing", () => {
    for (const value of [{}, { allowed_model_ids: [], min_safety_tier: null }]) {
      expect(outcome(value, null)).toBe("holds");
    }
  });

  it("asks for a model where it names anything", () => {
    expect(outcome({ allowed_model_ids: ["m1"] }, null)).toBe("fails");
    expect(outcome({ min_safety_tier: "low" }, null)).toBe("fails");
  });

  it("asks for a listed model", () => {
    const value = { allowed_model_ids: ["m1", "m2"], min_safety_tier: null };
    expect(outcome(value, model("m2"))).toBe("holds");
    expect(outcome(value, model("m3"))).toBe("fails");
  });

  it("asks for a tier that is no lower", () => {
    const tiers = ["low", "standard", "high", "restricted"] as const;
    for (const [at, floor] of tiers.entries()) {
      const value = { min_safety_tier: floor };
      expect(tiers.map((tier) => outcome(value, model("m", tier)))).toEqual(
        tiers.map((_, index) => (index >= at ? "holds" : "fails")),
      );
      expect(outcome(value, model("m"))).toBe("fails");
    }
  });

  it("asks for both where it names both", () => {
    const value = { allowed_model_ids: ["m1"], min_safety_tier: "high" };
    expect(outcome(value, model("m1", "high"))).toBe("holds");
    expect(outcome(value, model("m1", "low"))).toBe("fails");
    expect(outcome(value, model("m2", "high"))).toBe("fails");
  });

  it.each<JsonValue>([
    "m1",
    { allowed_model_ids: "m1" },
    { allowed_model_ids: [1] },
    { min_safety_tier: "highest" },
    { forbidden_model_ids: ["m1"] },
  ])("is malformed as %j", (value) => {
    expect(outcome(value, model("m1"))).toBeUndefined();
  });
});
