import type { LoadedPolicy } from "../evaluation/model.ts";
import { makeRewriters } from "../guards/rewrite.ts";
import { makeGuards } from "../guards/standard.ts";
import type { Primitives } from "../primitives.ts";
import type { CompilePattern } from "../regex.ts";
import { err, ok, type Result } from "../result.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { policyHash } from "./hash.ts";
import type { PolicyProblem } from "./problem.ts";

/**
 * Makes the guards and rewriters of an effective policy. Every pattern is compiled here: one that is invalid
 * refuses the policy, where upstream drops some of them and runs with fewer (kernel semantics 2.2).
 */
export function loadPolicy(
  effective: EffectivePolicy,
  compile: CompilePattern,
  primitives: Primitives,
): Result<LoadedPolicy, readonly PolicyProblem[]> {
  const guards = makeGuards(effective.guards, compile);
  const rewriters = makeRewriters(effective.rewrites);
  if (guards.ok && rewriters.ok) {
    const hash = policyHash(effective, primitives);
    return ok({ effective, hash, guards: guards.value, rewriters: rewriters.value });
  }
  const problems: PolicyProblem[] = guards.ok
    ? []
    : guards.error.map(({ guard, problem }) => invalid(`/guards/${guard}`, problem));
  return err(rewriters.ok ? problems : [...problems, invalid("/rewrites", rewriters.error)]);
}

function invalid(pointer: string, detail: string): PolicyProblem {
  return { pointer, kind: "invalid-pattern", detail };
}
