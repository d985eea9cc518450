import type { CapabilitySnapshot, VerifyNow } from "@/kernel/capability/model.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { NO_USAGE, type Usage } from "@/kernel/economics/model.ts";
import type { KernelContext, LoadedPolicy } from "@/kernel/evaluation/model.ts";
import type { GuardMemory } from "@/kernel/guards/guard.ts";
import { mapMemory } from "@/kernel/guards/memory.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { CompilePattern } from "@/kernel/regex.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";

/** What a single evaluation stands on. What is left out is as on a kernel that has seen no call yet. */
export interface EvaluationSettings {
  readonly policy: LoadedPolicy;
  /** Capability authorities, canonical spelling. */
  readonly trustedIssuers: ReadonlySet<string>;
  /** Unix milliseconds. */
  readonly now: bigint;
  readonly isRevoked?: (id: string) => boolean;
  /** Snapshots of issued capabilities; without them a delegated token is denied. */
  readonly lineage?: (id: string) => CapabilitySnapshot | null;
  readonly usage?: (capabilityId: string, grantIndex: number) => Usage;
  readonly memory?: GuardMemory;
  readonly compile?: CompilePattern;
  /** The platform's own, where it is faster than the portable rule. */
  readonly verify?: VerifyNow;
  readonly primitives?: Primitives;
  readonly meter?: (() => number) | null;
}

/**
 * The context of an evaluation that leaves no trace: budgets, nonces and memory of guards are fresh, nothing
 * is dispatched. The page, the command line and a dry run of the server judge by this one.
 */
export function evaluationContext(settings: EvaluationSettings): KernelContext {
  return {
    policy: settings.policy,
    trustedIssuers: settings.trustedIssuers,
    isRevoked: settings.isRevoked ?? (() => false),
    lineage: settings.lineage ?? (() => null),
    takeNonce: freshNonces(),
    usage: settings.usage ?? (() => NO_USAGE),
    memory: settings.memory ?? mapMemory(),
    isRegistered: null,
    emergencyStop: null,
    now: settings.now,
    compile: settings.compile ?? compileRe2,
    verify: settings.verify ?? verifySignature,
    primitives: settings.primitives ?? purePrimitives,
    meter: settings.meter ?? null,
  };
}

/** Nonces that were taken in this context alone. */
function freshNonces(): KernelContext["takeNonce"] {
  const taken = new Map<string, bigint>();
  return (key, expiresAt, now) => {
    const until = taken.get(key);
    if (until !== undefined && until >= now) {
      return false;
    }
    taken.set(key, expiresAt);
    return true;
  };
}
