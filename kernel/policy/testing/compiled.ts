import type { JsonValue } from "../../json/value.ts";
import { compilePolicy } from "../compile.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import type { ResolvePolicy } from "../extends.ts";
import type { PolicyProblem } from "../problem.ts";

/** A policy that has to compile. */
export function compiled(document: JsonValue, resolve?: ResolvePolicy): EffectivePolicy {
  const policy = compilePolicy(document, resolve === undefined ? {} : { resolve });
  if (!policy.ok) {
    throw new Error(JSON.stringify(policy.error));
  }
  return policy.value;
}

/** The problems of a policy that has to be refused. */
export function problemsOf(document: JsonValue, resolve?: ResolvePolicy): readonly PolicyProblem[] {
  const policy = compilePolicy(document, resolve === undefined ? {} : { resolve });
  return policy.ok ? [] : policy.error;
}
