import { targetFit } from "@/kernel/capability/compare.ts";
import type { VerifyNow } from "@/kernel/capability/model.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { ToolCall } from "@/kernel/evaluation/call.ts";
import type { Denial, Evaluation, KernelContext, LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { isObject, type JsonValue } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { ok, type Result } from "@/kernel/result.ts";
import { evaluationContext } from "@/lib/evaluation/context.ts";
import type { KnownCapability } from "@/lib/verification/known-capability.ts";
import type { DemoKeys } from "../demo-keys.ts";
import { loadPolicyText } from "../load-policy-text.ts";
import type { InputProblem } from "../model.ts";
import { type DeniedCall, deniedCall } from "./denied-call.ts";
import { leftOutCause } from "./left-out.ts";
import {
  type JudgedDenial,
  type ReplayInput,
  type ReplayOutcome,
  STATEFUL_GUARDS,
  type WhyNot,
} from "./model.ts";
import { rememberVerified } from "./remember-verified.ts";
import { ReplayCapabilities, type ReplayCapability } from "./replay-capabilities.ts";
import { TrustedAuthorities } from "./trusted-authorities.ts";

export interface ReplayPorts {
  readonly demo: DemoKeys;
  readonly verify?: VerifyNow;
  readonly primitives?: Primitives;
}

/**
 * Judges denials again by the kernel: each at its own time, under one policy and with the capability that it
 * presented, or with the edited one in its place. Only what a receipt and its capability tell is evaluated:
 * guards that remember other calls are left out, nothing is revoked, nothing was spent.
 *
 * A denial is counted as allowed only where the kernel's evaluation allows it and what denied it then was
 * looked at again; everything else that cannot be told is said with its reason.
 */
export class Replay {
  readonly #context: KernelContext;
  readonly #capabilities: ReplayCapabilities;
  readonly #authorities: TrustedAuthorities;

  private constructor(input: ReplayInput, policy: LoadedPolicy, ports: ReplayPorts) {
    this.#context = evaluationContext({
      policy: withoutMemory(policy),
      trustedIssuers: new Set(),
      now: 0n,
      verify: rememberVerified(ports.verify ?? verifySignature),
      primitives: ports.primitives ?? purePrimitives,
    });
    this.#capabilities = new ReplayCapabilities(input, ports.demo);
    this.#authorities = new TrustedAuthorities(input.pinned, ports.demo.authority.publicKey);
  }

  /** Loads the policy, once for all denials; a policy that cannot be read is refused with its problems. */
  static open(input: ReplayInput, ports: ReplayPorts): Result<Replay, readonly InputProblem[]> {
    const policy = loadPolicyText(input.policy);
    return policy.ok ? ok(new Replay(input, policy.value, ports)) : policy;
  }

  /** What the session has loaded of a capability that denials will name. */
  learn(id: string, known: KnownCapability): void {
    this.#capabilities.learn(id, known);
  }

  /** @param receipt a denied receipt as its file holds it */
  judge(receipt: JsonValue | undefined): JudgedDenial {
    if (!isObject(receipt)) {
      return notEvaluated({ why: "record-lost" });
    }
    const denied = deniedCall(receipt, this.#context.primitives);
    if (!denied.ok) {
      return notEvaluated(denied.error);
    }
    const { capabilityId, timestamp, agent } = denied.value;
    const capability = this.#capabilities.of(capabilityId, timestamp);
    if (capability === null) {
      return notEvaluated({ why: "capability-not-loaded" });
    }
    const call = denied.value.callOf(agent ?? capability.subject);
    if (!call.ok) {
      return notEvaluated(call.error);
    }
    const agentAssumed = agent === null;
    const outcome = this.#evaluate(denied.value, capability, call.value);
    const cause = outcome.kind === "allowed" ? leftOutCause(receipt, agentAssumed) : null;
    return {
      outcome: cause === null ? outcome : { kind: "not-evaluated", why: "cause-left-out", cause },
      agentAssumed,
    };
  }

  #evaluate(
    { timestamp }: DeniedCall,
    { presented, issuer, from }: ReplayCapability,
    call: ToolCall,
  ): ReplayOutcome {
    let askedForAncestor = false;
    const context: KernelContext = {
      ...this.#context,
      trustedIssuers: this.#authorities.at(timestamp, issuer),
      now: timestamp * 1000n,
      lineage: () => {
        askedForAncestor = true;
        return null;
      },
    };
    const evaluation = evaluate({ capability: presented, call, dpop: null }, context);
    const { verdict } = evaluation;
    if (verdict.kind === "allow") {
      return { kind: "allowed" };
    }
    const { denial } = verdict;
    const unknown = cannotTell(denial, from, askedForAncestor);
    return unknown === null
      ? {
          kind: "denied",
          code: denial.code,
          guard: denial.guard,
          byConstraint: isByConstraint(evaluation, denial, call),
        }
      : { kind: "not-evaluated", ...unknown };
  }
}

/** Denials of the kernel that speak of what is not loaded, and not of the call. */
function cannotTell(
  { code }: Denial,
  from: ReplayCapability["from"],
  askedForAncestor: boolean,
): WhyNot | null {
  switch (code) {
    case "delegation-invalid":
      return askedForAncestor ? { why: "ancestors-not-loaded" } : null;
    case "dpop-invalid":
    case "dpop-replayed":
      return { why: "proof-not-kept" };
    case "capability-unreadable":
      return from === "lineage" ? { why: "capability-unreadable" } : null;
    default:
      return null;
  }
}

/** Whether a grant names the tool, and only its conditions on the arguments keep it from fitting. */
function isByConstraint({ capability }: Evaluation, { code }: Denial, call: ToolCall): boolean {
  return (
    code === "out-of-scope" &&
    capability !== null &&
    capability.scope.grants.some((grant) => {
      const { server, tool, operation } = targetFit(grant, call);
      return server && tool && operation;
    })
  );
}

function withoutMemory(policy: LoadedPolicy): LoadedPolicy {
  const names: ReadonlySet<string> = new Set(STATEFUL_GUARDS);
  return { ...policy, guards: policy.guards.filter(({ name }) => !names.has(name)) };
}

function notEvaluated(why: WhyNot): JudgedDenial {
  return { outcome: { kind: "not-evaluated", ...why }, agentAssumed: false };
}
