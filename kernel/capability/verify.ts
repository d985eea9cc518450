import type { Primitives } from "../primitives.ts";
import { parseKeyOnce } from "../signing-material.ts";
import { isWeakSigner, signatureProblem } from "./covered-form.ts";
import type { Capability, VerifyNow } from "./model.ts";
import type { CapabilityProblem } from "./problem.ts";
import { inspectToken } from "./token.ts";

export interface VerifyContext {
  /** Capability authorities, canonical spelling. */
  readonly trustedIssuers: ReadonlySet<string>;
  /** Unix seconds. */
  readonly now: bigint;
  readonly verify: VerifyNow;
  readonly primitives: Primitives;
}

/**
 * Why a token is not in force, or null (kernel semantics 1.1, steps 1a to 1c): its issuer is trusted, its
 * signature covers its normal form, and the time lies from its issue to before its expiry. Whose it is, what
 * it covers and whether it was revoked are other questions.
 */
export function verifyCapability(
  capability: Capability,
  context: VerifyContext,
): CapabilityProblem | null {
  return (
    issuerProblem(capability, context) ??
    tokenSignatureProblem(capability, context) ??
    timeProblem(capability, context.now) ??
    unsupportedProblem(capability)
  );
}

/** A weak key is nobody's name: with some, one signature fits every token. */
function issuerProblem(
  { issuer }: Capability,
  { trustedIssuers }: VerifyContext,
): CapabilityProblem | null {
  const key = parseKeyOnce(issuer);
  return trustedIssuers.has(issuer) && key.ok && !isWeakSigner(key.value)
    ? null
    : { code: "untrusted-issuer", reason: "capability issuer is not a trusted CA" };
}

function tokenSignatureProblem(
  { token }: Capability,
  { verify, primitives }: VerifyContext,
): CapabilityProblem | null {
  const { claim } = inspectToken(token, primitives);
  const problem = signatureProblem(claim, verify);
  if (problem === null) {
    return null;
  }
  return {
    code: "invalid-signature",
    reason:
      problem.kind === "unverifiable"
        ? `capability verification failed: ${problem.detail}`
        : `capability signature is invalid${problem.detail}`,
  };
}

function timeProblem(capability: Capability, now: bigint): CapabilityProblem | null {
  if (now < capability.issuedAt) {
    return { code: "not-yet-valid", reason: "capability not yet valid" };
  }
  return now < capability.expiresAt ? null : { code: "expired", reason: "capability has expired" };
}

/** A member that restricts the token in a way that nothing here enforces would else be ignored. */
function unsupportedProblem({ unsupported }: Capability): CapabilityProblem | null {
  return unsupported.length === 0
    ? null
    : {
        code: "unsupported-capability",
        reason: `capability holds what this kernel does not enforce: ${unsupported.join(", ")}`,
      };
}
