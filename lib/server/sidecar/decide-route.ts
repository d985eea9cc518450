import { admitDelegation } from "@/kernel/capability/admission.ts";
import type { Capability } from "@/kernel/capability/model.ts";
import { readCapability } from "@/kernel/capability/read.ts";
import { verifyCapability } from "@/kernel/capability/verify.ts";
import { type DenyCode, NO_ERROR_URN } from "@/kernel/evaluation/deny-codes.ts";
import type { PresentedCapability } from "@/kernel/evaluation/model.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { LiveParts } from "../live/model.ts";
import type { HttpCall } from "./http-call.ts";
import type { HttpDecision } from "./http-receipt.ts";
import {
  CAPABILITY_GUARD,
  DEFAULT_GUARD,
  NO_TOKEN,
  REVOCATION_GUARD,
  REVOKED,
  scopeSet,
  sidecarDenial,
  urnOf,
} from "./names.ts";

interface RouteDenial {
  readonly code: DenyCode;
  readonly guard: string;
  readonly reason: string;
}

/** What carries the request: a verified capability, or null for a safe method without one. */
type Carried = Result<Capability | null, RouteDenial>;

const SAFE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Decides an HTTP request that names no tool, by the rules of the sidecar (kernel semantics 5.2): a safe method
 * passes without a token, every other needs one that is in force; its scope is about tools and is not asked.
 * A problem on the way is a deny.
 */
export function decideRoute(
  call: HttpCall,
  presented: PresentedCapability,
  parts: LiveParts,
): HttpDecision {
  let carried: Carried;
  try {
    carried = carry(call, presented, parts);
  } catch (problem) {
    parts.report(problem);
    carried = denied("internal-error", CAPABILITY_GUARD, "internal error");
  }
  if (!carried.ok) {
    return denial(carried.error);
  }
  const capability = carried.value;
  const row =
    capability === null
      ? { guard_name: DEFAULT_GUARD, verdict: true, details: "safe method, session-scoped allow" }
      : { guard_name: CAPABILITY_GUARD, verdict: true };
  return {
    verdict: { kind: "allow" },
    evidence: [row],
    reasonCode: NO_ERROR_URN,
    scopeSet: scopeSet(capability),
    capabilityId: capability?.id ?? null,
    kernelReceiptId: null,
  };
}

function carry(call: HttpCall, presented: PresentedCapability, parts: LiveParts): Carried {
  if (parts.emergencyStop() !== null) {
    return denied("emergency-stop", CAPABILITY_GUARD, "kernel emergency stop active");
  }
  if (call.toolServer !== null || call.toolName !== null) {
    const reason = "tool_server and tool_name go together";
    return denied("out-of-scope", CAPABILITY_GUARD, reason);
  }
  if (call.capabilityId !== null && parts.isRevoked(call.capabilityId)) {
    return denied("revoked", REVOCATION_GUARD, REVOKED);
  }
  switch (presented.kind) {
    case "none":
      return SAFE.has(call.method) ? ok(null) : denied("no-capability", CAPABILITY_GUARD, NO_TOKEN);
    case "unreadable":
      return denied("capability-unreadable", CAPABILITY_GUARD, presented.problem);
    case "token": {
      const read = readCapability(presented.token);
      return read.ok
        ? inForce(read.value, parts)
        : denied(
            "capability-unreadable",
            CAPABILITY_GUARD,
            `${read.error.pointer} is not ${read.error.expected}`,
          );
    }
  }
}

function inForce(capability: Capability, parts: LiveParts): Carried {
  const { primitives, verify, policy } = parts;
  const { maxCapabilityTtl, delegationDepthLimit } = policy.effective.kernel;
  const problem =
    verifyCapability(capability, {
      trustedIssuers: parts.trustedIssuers(),
      now: parts.clock() / 1000n,
      verify,
      primitives,
    }) ??
    revocationProblem(capability, parts) ??
    admitDelegation(capability, {
      lineage: (id) => parts.lineage.byId(id),
      maxDepth: delegationDepthLimit,
      verify,
      primitives,
    });
  if (problem !== null) {
    return err({
      code: problem.code,
      ...sidecarDenial({ ...problem, guard: "kernel", pointer: null }),
    });
  }
  const life = capability.expiresAt - capability.issuedAt;
  return maxCapabilityTtl !== null && life > maxCapabilityTtl
    ? denied(
        "lifetime-exceeded",
        CAPABILITY_GUARD,
        "capability lives longer than the policy allows",
      )
    : ok(capability);
}

function revocationProblem({ id, issuer, delegationChain }: Capability, { isRevoked }: LiveParts) {
  const ids = [id, ...delegationChain.map(({ capabilityId }) => capabilityId), issuer];
  return ids.some(isRevoked) ? ({ code: "revoked", reason: REVOKED } as const) : null;
}

function denied(code: DenyCode, guard: string, reason: string): Result<never, RouteDenial> {
  return err({ code, guard, reason });
}

function denial({ code, guard, reason }: RouteDenial): HttpDecision {
  return {
    verdict: { kind: "deny", reason, guard },
    evidence:
      guard === REVOCATION_GUARD ? [] : [{ guard_name: guard, verdict: false, details: reason }],
    reasonCode: urnOf(code),
    scopeSet: [],
    capabilityId: null,
    kernelReceiptId: null,
  };
}
