import type { ModelMetadata } from "../../evaluation/call.ts";
import type { JsonValue } from "../../json/value.ts";
import type { CompilePattern } from "../../regex.ts";

/**
 * What a constraint says about a call. `unchecked`: it asks for something that no part of this kernel looks
 * at. `error`: it is malformed or of an unknown type, and the whole request fails.
 */
export type ConstraintOutcome =
  | { readonly kind: "holds" }
  | { readonly kind: "fails" }
  | { readonly kind: "unchecked" }
  | { readonly kind: "error"; readonly detail: string };

/**
 * `portable`: what every kernel evaluates alike. `full`: also regular expressions, model metadata, and what a
 * later step would have to check.
 */
export type ConstraintMode = "portable" | "full";

/** What a constraint is judged on. */
export interface ConstraintInput {
  readonly arguments: JsonValue;
  readonly model: ModelMetadata | null;
  readonly mode: ConstraintMode;
  readonly compile: CompilePattern;
}

/** Judges the value of one constraint type; null where the value is malformed. */
export type Judge = (
  value: JsonValue | undefined,
  input: ConstraintInput,
) => ConstraintOutcome | null;

export function holdsIf(condition: boolean): ConstraintOutcome {
  return { kind: condition ? "holds" : "fails" };
}

/** The value as a list of texts, or null. */
export function asTexts(value: JsonValue | undefined): readonly string[] | null {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : null;
}
