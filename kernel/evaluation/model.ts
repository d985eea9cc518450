import type { Capability, CapabilitySnapshot, VerifyNow } from "../capability/model.ts";
import type { MatchedGrant } from "../capability/scope.ts";
import type { Hold, Usage } from "../economics/model.ts";
import type { Guard, GuardMemory } from "../guards/guard.ts";
import type { Rewriter } from "../guards/rewrite.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import type { Primitives } from "../primitives.ts";
import type { CompilePattern } from "../regex.ts";
import type { Boundary, ToolCall } from "./call.ts";
import type { DenyCode } from "./deny-codes.ts";

/** What was presented as a capability. */
export type PresentedCapability =
  | { readonly kind: "none" }
  | { readonly kind: "unreadable"; readonly problem: string }
  | { readonly kind: "token"; readonly token: JsonObject };

export interface EvaluationRequest {
  readonly capability: PresentedCapability;
  readonly call: ToolCall;
  /** The proof of possession beside the call, as received; null where there is none. */
  readonly dpop: JsonValue | null;
}

/** A policy that was loaded: nothing in it can fail any more when a call comes. */
export interface LoadedPolicy {
  readonly effective: EffectivePolicy;
  /** SHA-256 over the canonical effective policy, hexadecimal. */
  readonly hash: string;
  /** In the order in which they run. */
  readonly guards: readonly Guard[];
  readonly rewriters: readonly Rewriter[];
}

/**
 * Everything that an evaluation knows beyond the request. The shell owns what stands behind each part; every
 * one of them may throw, and a throw is a deny.
 */
export interface KernelContext {
  readonly policy: LoadedPolicy;
  /** Capability authorities, canonical spelling. */
  readonly trustedIssuers: ReadonlySet<string>;
  /** Ids of capabilities, and keys of issuers, that were revoked. */
  readonly isRevoked: (id: string) => boolean;
  /** What is known of an issued capability; a delegated token without it is denied. */
  readonly lineage: (id: string) => CapabilitySnapshot | null;
  /** Takes a nonce: false where it was taken before and that has not expired. `expiresAt` in Unix seconds. */
  readonly takeNonce: (key: string, expiresAt: bigint, now: bigint) => boolean;
  readonly usage: (capabilityId: string, grantIndex: number) => Usage;
  readonly memory: GuardMemory;
  /** Whether a tool can be called at all; null where the shell does not dispatch. */
  readonly isRegistered: ((serverId: string, toolName: string) => boolean) | null;
  /** Why everything is stopped; null in normal operation. */
  readonly emergencyStop: string | null;
  /** Unix milliseconds. */
  readonly now: bigint;
  readonly compile: CompilePattern;
  readonly verify: VerifyNow;
  readonly primitives: Primitives;
  /** Milliseconds from any origin, to measure steps; null measures nothing. */
  readonly meter: (() => number) | null;
}

export const STEPS = [
  "emergency-stop",
  "token",
  "revocation",
  "delegation",
  "subject",
  "rewrites",
  "scope",
  "proof-of-possession",
  "registration",
  "guards",
  "budget",
] as const;
export type StepName = (typeof STEPS)[number];

/** `not-applicable`: the call has nothing that this step is about. `not-reached`: an earlier step denied. */
export type StepOutcome = "passed" | "denied" | "not-applicable" | "not-reached";

export interface TraceStep {
  readonly step: StepName;
  readonly outcome: StepOutcome;
  /** A fact, not a sentence for people: counts, names. */
  readonly detail: string | null;
  readonly milliseconds: number | null;
}

/** One row for each guard and rewriter that ran, in order. */
export interface EvidenceRow {
  readonly guard: string;
  readonly verdict: boolean;
  readonly details: string | null;
}

export interface Denial {
  readonly code: DenyCode;
  /** The guard, or `kernel`. */
  readonly guard: string;
  readonly reason: string;
  /** Into the arguments, where the denial points at one of them. */
  readonly pointer: string | null;
}

declare const everyCheckPassed: unique symbol;

/** Proof that every check passed. Only `evaluate` makes one, after the last check. */
export interface Allowance {
  readonly kind: "allow";
  readonly [everyCheckPassed]: true;
}

export type Verdict = Allowance | { readonly kind: "deny"; readonly denial: Denial };

export interface Evaluation {
  readonly verdict: Verdict;
  readonly trace: readonly TraceStep[];
  readonly evidence: readonly EvidenceRow[];
  readonly capability: Capability | null;
  readonly grant: MatchedGrant | null;
  /** Set aside for the call; null where no budget applies or the call is denied. */
  readonly hold: Hold | null;
  /** What may run: the arguments after the rewrites. */
  readonly arguments: JsonValue;
  readonly redacted: boolean;
  readonly boundary: Boundary;
}
