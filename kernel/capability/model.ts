import type { JsonObject, JsonValue } from "../json/value.ts";

/** What a grant may permit, as signed (snake case). */
export const OPERATIONS = [
  "invoke",
  "read_result",
  "read",
  "subscribe",
  "get",
  "delegate",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** An amount in minor units of an ISO 4217 currency. Two currencies are never compared. */
export interface Money {
  readonly units: bigint;
  readonly currency: string;
}

/**
 * A condition on the arguments of a call (kernel semantics 1.4). `type` may be one that this kernel does not
 * know: then it cannot be evaluated, and the call is denied. `canonical` is the RFC 8785 text of the whole
 * constraint; two constraints are equal when these texts are.
 */
export interface Constraint {
  readonly type: string;
  readonly value: JsonValue | undefined;
  readonly canonical: string;
}

export interface ToolGrant {
  readonly serverId: string;
  readonly toolName: string;
  readonly operations: readonly Operation[];
  readonly constraints: readonly Constraint[];
  readonly maxInvocations: bigint | null;
  readonly maxCostPerInvocation: Money | null;
  readonly maxTotalCost: Money | null;
  readonly dpopRequired: boolean;
}

/** A grant on resources (`pattern` is a URI pattern) or on prompts (a name pattern). */
export interface PatternGrant {
  readonly pattern: string;
  readonly operations: readonly Operation[];
}

export interface Scope {
  readonly grants: readonly ToolGrant[];
  readonly resourceGrants: readonly PatternGrant[];
  readonly promptGrants: readonly PatternGrant[];
}

/** One step of a delegation: `capabilityId` is the ancestor that `delegator` handed on. */
export interface DelegationLink {
  readonly capabilityId: string;
  readonly delegator: string;
  readonly delegatee: string;
  /** Each is one typed attenuation, kept as JSON for the check that reads it. */
  readonly attenuations: readonly JsonObject[];
  readonly timestamp: bigint;
}

/** A capability token, read into narrow types. Keys in canonical spelling, times in Unix seconds. */
export interface Capability {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly scope: Scope;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  readonly delegationChain: readonly DelegationLink[];
  /** Signed members that this kernel does not enforce (caveats, attenuation proofs): present means denied. */
  readonly unsupported: readonly string[];
  /** The token with operations in snake case: what its signature is checked over. */
  readonly token: JsonObject;
}

/** What the store of issued capabilities keeps of each, so that a descendant can be checked against it. */
export interface CapabilitySnapshot {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly scope: Scope;
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  readonly depth: number;
  readonly parentId: string | null;
}

/** Whether an Ed25519 signature holds, now: an evaluation does not wait. */
export type VerifyNow = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean;
