import { admitDelegation } from "../capability/admission.ts";
import { readCapability } from "../capability/read.ts";
import { verifyCapability } from "../capability/verify.ts";
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

export function emergencyStop(_request: EvaluationRequest, context: KernelContext): StepResult {
  return context.emergencyStop === null
    ? passed(null)
    : deny("emergency-stop", "kernel emergency stop active");
}

export function token(
  request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  const presented = request.capability;
  if (presented.kind === "none") {
    return deny("no-capability", "a capability token is required");
  }
  if (presented.kind === "unreadable") {
    return deny("capability-unreadable", `capability verification failed: ${presented.problem}`);
  }
  const read = readCapability(presented.token);
  if (!read.ok) {
    const { pointer, expected } = read.error;
    return deny(
      "capability-unreadable",
      `capability verification failed: ${pointer} is not ${expected}`,
    );
  }
  const capability = read.value;
  const problem = verifyCapability(capability, {
    trustedIssuers: context.trustedIssuers,
    now: seconds(context),
    verify: context.verify,
    primitives: context.primitives,
  });
  if (problem !== null) {
    return denied(problem);
  }
  progress.capability = capability;
  const { maxCapabilityTtl } = context.policy.effective.kernel;
  const life = capability.expiresAt - capability.issuedAt;
  return maxCapabilityTtl !== null && life > maxCapabilityTtl
    ? deny(
        "lifetime-exceeded",
        `capability lifetime of ${life} s exceeds the policy's ${maxCapabilityTtl} s`,
      )
    : passed("signature and dates");
}

/** The token, then every ancestor that it presents, then the authority that issued it (1.8). */
export function revocation(
  _request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  const capability = verified(progress);
  if (context.isRevoked(capability.id)) {
    return deny("revoked", `capability has been revoked: ${capability.id}`);
  }
  for (const link of capability.delegationChain) {
    if (context.isRevoked(link.capabilityId)) {
      return deny("ancestor-revoked", `delegation chain revoked at ancestor ${link.capabilityId}`);
    }
  }
  return context.isRevoked(capability.issuer)
    ? deny("issuer-revoked", `capability authority has been revoked: ${capability.issuer}`)
    : passed(null);
}

export function delegation(
  _request: EvaluationRequest,
  context: KernelContext,
  progress: Progress,
): StepResult {
  const capability = verified(progress);
  const links = capability.delegationChain.length;
  if (links === 0) {
    return { kind: "not-applicable", detail: "issued directly" };
  }
  const problem = admitDelegation(capability, {
    lineage: context.lineage,
    maxDepth: context.policy.effective.kernel.delegationDepthLimit,
    verify: context.verify,
    primitives: context.primitives,
  });
  return problem === null ? passed(`links: ${links}`) : denied(problem);
}

export function subject(
  request: EvaluationRequest,
  _context: KernelContext,
  progress: Progress,
): StepResult {
  const expected = verified(progress).subject;
  const actual = request.call.agentId;
  return actual === expected
    ? passed(null)
    : deny(
        "subject-mismatch",
        `request agent ${actual} does not match capability subject ${expected}`,
      );
}
