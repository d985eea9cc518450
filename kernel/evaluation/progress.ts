import type { Capability } from "../capability/model.ts";
import type { CapabilityProblem } from "../capability/problem.ts";
import type { MatchedGrant } from "../capability/scope.ts";
import type { BudgetDecision } from "../economics/authorize.ts";
import type { Hold } from "../economics/model.ts";
import type { JsonValue } from "../json/value.ts";
import type { Denial, EvaluationRequest, EvidenceRow, KernelContext } from "./model.ts";

/** What the steps of one evaluation have found so far. */
export interface Progress {
  capability: Capability | null;
  arguments: JsonValue;
  redacted: boolean;
  grants: readonly MatchedGrant[];
  budget: BudgetDecision | null;
  hold: Hold | null;
  evidence: EvidenceRow[];
}

export type StepResult =
  | { readonly kind: "passed"; readonly detail: string | null }
  | { readonly kind: "not-applicable"; readonly detail: string }
  | { readonly kind: "denied"; readonly denial: Denial };

export type Step = (
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
) => StepResult;

/** The grant that is charged; where none has room, the best match, which the receipt names. */
export function grantOf(progress: Progress): MatchedGrant | null {
  const decision = progress.budget;
  return decision?.kind === "held" || decision?.kind === "unlimited"
    ? decision.grant
    : (progress.grants[0] ?? null);
}

/** Steps after the token stand on a verified capability; without one they must not pass. */
export function verified(progress: Progress): Capability {
  if (progress.capability === null) {
    throw new Error("no verified capability");
  }
  return progress.capability;
}

export function seconds(context: KernelContext): bigint {
  return context.now / 1000n;
}

export function passed(detail: string | null): StepResult {
  return { kind: "passed", detail };
}

export function deny(code: Denial["code"], reason: string): StepResult {
  return { kind: "denied", denial: { code, guard: "kernel", reason, pointer: null } };
}

export function denied(problem: CapabilityProblem): StepResult {
  return deny(problem.code, problem.reason);
}
