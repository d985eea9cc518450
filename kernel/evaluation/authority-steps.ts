import { checkDpop } from "../capability/dpop.ts";
import { type MatchedGrant, resolveMatchingGrants } from "../capability/scope.ts";
import { runRewriters } from "../guards/rewrite.ts";
import type { EvaluationRequest, KernelContext } from "./model.ts";
import {
  denied,
  deny,
  type Progress,
  passed,
  type StepResult,
  seconds,
  verified,
} from "./progress.ts";

/** Rewrites come before everything that looks at arguments: what is judged is what may run. */
export function rewrites(
  _request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  const { rewriters } = context.policy;
  if (rewriters.length === 0) {
    return { kind: "not-applicable", detail: "the policy has none" };
  }
  const outcome = runRewriters(rewriters, progress.arguments);
  progress.evidence.push(...outcome.rows);
  if (outcome.kind === "deny") {
    const { guard, reason, pointer } = outcome;
    return { kind: "denied", denial: { code: "guard-denied", guard, reason, pointer } };
  }
  progress.arguments = outcome.arguments;
  progress.redacted = outcome.changed;
  return passed(outcome.changed ? "arguments rewritten" : "nothing to rewrite");
}

export function scope(
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  const { call } = request;
  const match = resolveMatchingGrants(
    verified(progress).scope,
    { ...call, arguments: progress.arguments },
    { mode: "full", compile: context.compile },
  );
  switch (match.kind) {
    case "none":
      return deny(
        "out-of-scope",
        `requested tool ${call.toolName} on server ${call.serverId} is not in capability scope`,
      );
    case "constraint-error":
      return deny("constraint-invalid", `constraint evaluation failed: ${match.detail}`);
    case "matched":
      return usable(match.grants, progress);
  }
}

/**
 * A grant may ask for what no part of this kernel can check (an approval, an assurance). Such a grant covers
 * nothing here: to call it satisfied would be to say what nobody looked at.
 */
function usable(grants: readonly MatchedGrant[], progress: Progress): StepResult {
  progress.grants = grants.filter((grant) => grant.unchecked.length === 0);
  if (progress.grants.length > 0) {
    return passed(`grants that fit: ${progress.grants.length}`);
  }
  const types = new Set(grants.flatMap((grant) => grant.unchecked.map(({ type }) => type)));
  return deny(
    "constraint-unchecked",
    `constraint evaluation failed: this kernel cannot check ${[...types].join(", ")}`,
  );
}

export function proofOfPossession(
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  if (!progress.grants.some(({ grant }) => grant.dpopRequired)) {
    return { kind: "not-applicable", detail: "no grant asks for it" };
  }
  const problem = checkDpop(request.dpop, {
    capability: verified(progress),
    call: request.call,
    now: seconds(context),
    takeNonce: context.takeNonce,
    verify: context.verify,
    primitives: context.primitives,
  });
  return problem === null ? passed(null) : denied(problem);
}

export function registration(request: EvaluationRequest, context: KernelContext): StepResult {
  const { serverId, toolName } = request.call;
  if (context.isRegistered === null) {
    return { kind: "not-applicable", detail: "nothing is dispatched" };
  }
  return context.isRegistered(serverId, toolName)
    ? passed(null)
    : deny("tool-not-registered", `tool not registered: server "${serverId}" / tool "${toolName}"`);
}
