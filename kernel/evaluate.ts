import { proofOfPossession, registration, rewrites, scope } from "./evaluation/authority-steps.ts";
import { errorText } from "./evaluation/error-text.ts";
import {
  delegation,
  emergencyStop,
  revocation,
  subject,
  token,
} from "./evaluation/identity-steps.ts";
import {
  type Denial,
  type Evaluation,
  type EvaluationRequest,
  type KernelContext,
  STEPS,
  type StepName,
  type TraceStep,
} from "./evaluation/model.ts";
import { deny, grantOf, type Progress, type Step, type StepResult } from "./evaluation/progress.ts";
import { budget, guards } from "./evaluation/spending-steps.ts";
import { allowAfterEveryCheck } from "./evaluation/verdict.ts";

const CHECKS: Readonly<Record<StepName, Step>> = {
  "emergency-stop": emergencyStop,
  token,
  revocation,
  delegation,
  subject,
  rewrites,
  scope,
  "proof-of-possession": proofOfPossession,
  registration,
  guards,
  budget,
};

/**
 * Judges one call: token, revocation, delegation, subject, scope, proof of possession, guards, budget, in this
 * order; the first failure ends it. Total and synchronous: it never throws, and whatever a port or a guard
 * throws is a deny. Nothing is changed but what the ports are asked to (a nonce is taken, guards remember);
 * a hold that is returned has to be applied by the caller before the next call is judged.
 *
 * Source: kernel semantics 1.1 and 1.9, in the order of the architecture document.
 */
export function evaluate(request: EvaluationRequest, context: KernelContext): Evaluation {
  const trace: TraceStep[] = [];
  const progress: Progress = {
    capability: null,
    arguments: request.call.arguments,
    redacted: false,
    grants: [],
    budget: null,
    hold: null,
    evidence: [],
  };
  let denial: Denial | null = null;
  for (const step of STEPS) {
    if (denial !== null) {
      trace.push({ step, outcome: "not-reached", detail: null, milliseconds: null });
      continue;
    }
    const started = measured(context);
    const result = attempt(step, request, context, progress);
    const ended = measured(context);
    const milliseconds = started === null || ended === null ? null : ended - started;
    denial = result.kind === "denied" ? result.denial : null;
    const detail = result.kind === "denied" ? result.denial.reason : result.detail;
    trace.push({ step, outcome: result.kind, detail, milliseconds });
  }
  const found = {
    trace,
    evidence: progress.evidence,
    capability: progress.capability,
    grant: grantOf(progress),
    arguments: progress.arguments,
    redacted: progress.redacted,
    boundary: request.call.boundary,
  };
  return denial === null
    ? { ...found, verdict: allowAfterEveryCheck(trace), hold: progress.hold }
    : { ...found, verdict: { kind: "deny", denial }, hold: null };
}

/** An exception inside a step is a deny that names the step. There is no other way out of a catch. */
function attempt(
  step: StepName,
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  try {
    return CHECKS[step](request, context, progress);
  } catch (error) {
    return deny("internal-error", `internal error: ${step}: ${errorText(error)}`);
  }
}

/** A clock that fails costs the measurement, not the verdict. */
function measured({ meter }: KernelContext): number | null {
  try {
    return meter?.() ?? null;
  } catch {
    return null;
  }
}
