import type { JsonValue } from "../../json/value.ts";
import { closed, oneOf, optional, optionalList, text } from "../readers.ts";
import { holdsIf, type Judge } from "./outcome.ts";

/** From the lowest to the highest. */
const TIERS = ["low", "standard", "high", "restricted"] as const;

const modelConstraintValue = closed("a model constraint", {
  allowed_model_ids: optionalList(text),
  min_safety_tier: optional(oneOf("a safety tier", TIERS)),
});

/** `model_constraint`: the model that the caller names is listed, and of a tier no lower than asked. */
export const modelConstraint: Judge = (value: JsonValue | undefined, { model }) => {
  const read = modelConstraintValue(value, "");
  if (!read.ok) {
    return null;
  }
  const { allowed_model_ids: allowed, min_safety_tier: floor } = read.value;
  if (allowed.length === 0 && floor === null) {
    return holdsIf(true);
  }
  if (model === null) {
    return holdsIf(false);
  }
  const listed = allowed.length === 0 || allowed.includes(model.modelId);
  return holdsIf(listed && (floor === null || isAtLeast(model.safetyTier, floor)));
};

function isAtLeast(tier: (typeof TIERS)[number] | null, floor: (typeof TIERS)[number]): boolean {
  return tier !== null && TIERS.indexOf(tier) >= TIERS.indexOf(floor);
}
