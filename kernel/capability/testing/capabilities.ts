import { publicKeyOf, verifySignature } from "../../crypto/ed25519.ts";
import { purePrimitives } from "../../crypto/sha256.ts";
import { toHex } from "../../encoding.ts";
import { canonicalize } from "../../json/canonicalize.ts";
import type { JsonObject, JsonValue } from "../../json/value.ts";
import { compileNative } from "../../testing/native-regex.ts";
import type { ScopedCall } from "../compare.ts";
import type { ConstraintInput, ConstraintMode } from "../constraints/outcome.ts";
import type { Capability, Constraint, Money, Scope, ToolGrant, VerifyNow } from "../model.ts";
import { readCapability } from "../read.ts";
import { signToken } from "../sign.ts";

export const ISSUER_SEED = new Uint8Array(32).fill(0xa1);
export const SEEDS = [0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7].map((octet) =>
  new Uint8Array(32).fill(octet),
);
export const keyOf = (seed: Uint8Array): string => toHex(publicKeyOf(seed));
export const ISSUER = keyOf(ISSUER_SEED);
export const AGENTS: readonly string[] = SEEDS.map(keyOf);

export function seed(agent: number): Uint8Array {
  return SEEDS[agent] ?? ISSUER_SEED;
}

export function agent(index: number): string {
  return AGENTS[index] ?? ISSUER;
}

const verified = new Map<string, boolean>();

/** The exact rule, each answer computed once: exhaustive tests ask for the same few signatures. */
export const verifyOnce: VerifyNow = (key, message, signature) => {
  const question = [key, message, signature].map(toHex).join(":");
  const known = verified.get(question) ?? verifySignature(key, message, signature);
  verified.set(question, known);
  return known;
};

export const crypto = { verify: verifyOnce, primitives: purePrimitives } as const;

export function bodyWith(body: JsonObject = {}): JsonObject {
  return {
    id: "cap-1",
    issuer: ISSUER,
    subject: agent(0),
    scope: { grants: [{ server_id: "srv", tool_name: "tool", operations: ["invoke"] }] },
    issued_at: 100,
    expires_at: 200,
    ...body,
  };
}

/** A token signed by {@link ISSUER}. */
export function tokenWith(body: JsonObject = {}): JsonObject {
  return signToken(bodyWith(body), ISSUER_SEED);
}

export function capabilityOf(token: JsonObject): Capability {
  const read = readCapability(token);
  if (!read.ok) {
    throw new Error(`${read.error.pointer} is not ${read.error.expected}`);
  }
  return read.value;
}

/** Where a token cannot be read and why; null where it can. */
export function refusal(token: JsonObject): string | null {
  const read = readCapability(token);
  return read.ok ? null : `${read.error.pointer} is not ${read.error.expected}`;
}

export function constraintOf(type: string, value?: JsonValue): Constraint {
  const canonical = canonicalize(value === undefined ? { type } : { type, value });
  return { type, value, canonical };
}

export function grantOf(grant: Partial<ToolGrant> = {}): ToolGrant {
  return {
    serverId: "srv",
    toolName: "tool",
    operations: ["invoke"],
    constraints: [],
    maxInvocations: null,
    maxCostPerInvocation: null,
    maxTotalCost: null,
    dpopRequired: false,
    ...grant,
  };
}

export function scopeOf(...grants: readonly ToolGrant[]): Scope {
  return { grants, resourceGrants: [], promptGrants: [] };
}

export function usd(units: bigint): Money {
  return { units, currency: "USD" };
}

export function callOf(call: Partial<ScopedCall> = {}): ScopedCall {
  return { serverId: "srv", toolName: "tool", arguments: {}, model: null, ...call };
}

export function inputOf(
  given: JsonValue,
  mode: ConstraintMode = "full",
  model: ConstraintInput["model"] = null,
): ConstraintInput {
  return { arguments: given, mode, model, compile: compileNative };
}
