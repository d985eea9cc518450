import { authorizeCost, type BudgetDecision } from "../economics/authorize.ts";
import { classifyAction } from "../guards/classify.ts";
import { runGuards } from "../guards/pipeline.ts";
import { errorText } from "./error-text.ts";
import type { EvaluationRequest, KernelContext } from "./model.ts";
import { deny, grantOf, type Progress, passed, type StepResult, verified } from "./progress.ts";

/** The guards see the grant that the budget will charge, so that a limit on spend counts the right price. */
export function guards(
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  progress.budget = budgetDecision(request, context, progress);
  const call = { ...request.call, arguments: progress.arguments };
  const outcome = runGuards(context.policy.guards, {
    call,
    action: classifyAction(call.toolName, call.arguments),
    capabilityId: verified(progress).id,
    grant: grantOf(progress),
    now: context.now,
    memory: context.memory,
  });
  progress.evidence.push(...outcome.rows);
  return outcome.denial === null
    ? passed(`guards: ${outcome.rows.length}`)
    : { kind: "denied", denial: outcome.denial };
}

function budgetDecision(
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): BudgetDecision {
  const { id } = verified(progress);
  try {
    return authorizeCost({
      capabilityId: id,
      requestId: request.call.requestId,
      grants: progress.grants,
      usage: (grantIndex) => context.usage(id, grantIndex),
    });
  } catch (error) {
    return { kind: "error", detail: errorText(error) };
  }
}

export function budget(
  _request: EvaluationRequest,
  _context: KernelContext,
  progress: Progress,
): StepResult {
  const decision = progress.budget;
  switch (decision?.kind) {
    case "unlimited":
      return { kind: "not-applicable", detail: "the grant has no limit" };
    case "held":
      progress.hold = decision.hold;
      return passed(`held: ${decision.hold.units}`);
    case "exhausted":
      return deny(
        "budget-exhausted",
        `invocation budget exhausted for capability ${verified(progress).id}`,
      );
    case "error":
      return deny("budget-error", `budget check failed: ${decision.detail}`);
    case undefined:
      return deny("internal-error", "internal error: budget: no decision");
  }
}
