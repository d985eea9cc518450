import type { CapabilitySnapshot } from "../capability/model.ts";
import { readCapability } from "../capability/read.ts";
import { signToken } from "../capability/sign.ts";
import { publicKeyOf, verifySignature } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { NO_USAGE } from "../economics/model.ts";
import { toHex } from "../encoding.ts";
import type { ToolCall } from "../evaluation/call.ts";
import type { EvaluationRequest, KernelContext, LoadedPolicy } from "../evaluation/model.ts";
import { mapMemory } from "../guards/memory.ts";
import type { JsonObject } from "../json/value.ts";
import { defaultPolicy } from "../policy/defaults.ts";
import type { EffectivePolicy } from "../policy/effective-policy.ts";
import { loadPolicy } from "../policy/load.ts";
import { compileNative } from "./native-regex.ts";

export const AUTHORITY_SEED = new Uint8Array(32).fill(0x61);
export const AGENT_SEED = new Uint8Array(32).fill(0x62);
export const KERNEL_SEED = new Uint8Array(32).fill(0x63);
export const OTHER_SEED = new Uint8Array(32).fill(0x64);
export const AUTHORITY = toHex(publicKeyOf(AUTHORITY_SEED));
export const AGENT = toHex(publicKeyOf(AGENT_SEED));

/** 2026-01-01T00:00:00Z in seconds. */
export const START = 1_767_225_600;

export const INVOKE: JsonObject = { server_id: "srv", tool_name: "tool", operations: ["invoke"] };

/** A signed token for the agent, in force for an hour from {@link START}. */
export function tokenWith(body: JsonObject = {}, seed: Uint8Array = AUTHORITY_SEED): JsonObject {
  return signToken(
    {
      id: "cap-1",
      subject: AGENT,
      scope: { grants: [INVOKE] },
      issued_at: START,
      expires_at: START + 3600,
      ...body,
    },
    seed,
  );
}

export function callWith(over: Partial<ToolCall> = {}): ToolCall {
  return {
    requestId: "req-1",
    agentId: AGENT,
    serverId: "srv",
    toolName: "tool",
    arguments: { text: "hello" },
    boundary: "tool",
    sessionId: null,
    model: null,
    roots: null,
    ...over,
  };
}

export function requestWith(
  token: JsonObject | null = tokenWith(),
  call: Partial<ToolCall> = {},
  dpop: JsonObject | null = null,
): EvaluationRequest {
  return {
    capability: token === null ? { kind: "none" } : { kind: "token", token },
    call: callWith(call),
    dpop,
  };
}

/** The default policy with changes, loaded. */
export function policyWith(
  change: (policy: EffectivePolicy) => EffectivePolicy = (p) => p,
): LoadedPolicy {
  const loaded = loadPolicy(change(defaultPolicy()), compileNative, purePrimitives);
  if (!loaded.ok) {
    throw new Error(JSON.stringify(loaded.error));
  }
  return loaded.value;
}

let defaultLoaded: LoadedPolicy | null = null;

/** A context in which the token of {@link tokenWith} is allowed to call its tool. */
export function contextWith(over: Partial<KernelContext> = {}): KernelContext {
  defaultLoaded ??= policyWith();
  return {
    policy: defaultLoaded,
    trustedIssuers: new Set([AUTHORITY]),
    isRevoked: () => false,
    lineage: () => null,
    takeNonce: nonceStore(),
    usage: () => NO_USAGE,
    memory: mapMemory(),
    isRegistered: null,
    emergencyStop: null,
    now: BigInt(START + 10) * 1000n,
    compile: compileNative,
    verify: verifySignature,
    primitives: purePrimitives,
    meter: null,
    ...over,
  };
}

/** Nonces until they expire. */
export function nonceStore(): KernelContext["takeNonce"] {
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

/** What a store keeps of an issued token. */
export function snapshotOf(
  token: JsonObject,
  depth: number,
  parentId: string | null,
): CapabilitySnapshot {
  const read = readCapability(token);
  if (!read.ok) {
    throw new Error(`${read.error.pointer}: ${read.error.expected}`);
  }
  const { id, issuer, subject, scope, issuedAt, expiresAt } = read.value;
  return { id, issuer, subject, scope, issuedAt, expiresAt, depth, parentId };
}
