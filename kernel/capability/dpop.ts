import { sha256 } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import type { ToolCall } from "../evaluation/call.ts";
import { canonicalize, hasCcCharacter } from "../json/canonicalize.ts";
import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { preimagesOf } from "../preimages.ts";
import type { Primitives } from "../primitives.ts";
import { jsonInteger, project } from "../record-members.ts";
import { type SigningKey, signerOf } from "../signer.ts";
import { readMaterial } from "../signing-material.ts";
import { hashHex } from "../texts.ts";
import { signatureProblem } from "./covered-form.ts";
import type { Capability, VerifyNow } from "./model.ts";
import type { CapabilityProblem } from "./problem.ts";
import { members, name, u64 } from "./readers.ts";

export const DPOP_SCHEMA = "chio.dpop_proof.v1";

/** How far ahead of the kernel's clock a proof may be made, in seconds. */
const SKEW = 30n;
/** How long a proof may be used, in seconds from its making, the last one included. */
const LIFE = 300n;

export interface DpopContext {
  readonly capability: Capability;
  /** With the arguments as the agent sent them: they are what it signed. */
  readonly call: ToolCall;
  /** Unix seconds. */
  readonly now: bigint;
  /** Takes a nonce until a time in Unix seconds; false where it is taken already. */
  readonly takeNonce: (key: string, expiresAt: bigint, now: bigint) => boolean;
  readonly verify: VerifyNow;
  readonly primitives: Primitives;
}

/**
 * Why a proof of possession does not carry a call, or null (kernel semantics 1.10). `proof` is `{body,
 * signature}` as received. The nonce is taken last, so that a forged proof cannot use up an honest one's.
 */
export function checkDpop(proof: JsonValue | null, context: DpopContext): CapabilityProblem | null {
  if (proof === null) {
    return invalid("no proof was presented");
  }
  const body = isObject(proof) ? member(proof, "body") : undefined;
  if (!isObject(proof) || !isObject(body)) {
    return invalid("the proof is not an object with a body");
  }
  const bound = bindings(context);
  const broken = Object.keys(bound).find((field) => member(body, field) !== bound[field]);
  if (broken !== undefined) {
    return invalid(`${broken} does not match`);
  }
  const free = members(body, "", FREE);
  if (!free.ok) {
    return invalid(`${free.error.pointer} is not ${free.error.expected}`);
  }
  const { issued_at: issuedAt, nonce } = free.value;
  const { capability, now, takeNonce } = context;
  if (issuedAt > now + SKEW) {
    return invalid("the proof was issued in the future");
  }
  if (issuedAt + LIFE < now) {
    return replayed("the proof is stale");
  }
  const unsigned = proofSignatureProblem(body, proof, context);
  if (unsigned !== null) {
    return invalid(unsigned);
  }
  // Kept for as long as the proof could be shown again: the last second of its life is included.
  return takeNonce(nonceKey(nonce, capability.id, context), issuedAt + LIFE + 1n, now)
    ? null
    : replayed("the nonce was used before");
}

const FREE = { issued_at: u64, nonce: name } as const;

/** What the body must say of the call, in the order in which it is compared. */
function bindings({ capability, call, primitives }: DpopContext): Readonly<Record<string, string>> {
  return {
    schema: DPOP_SCHEMA,
    agent_key: capability.subject,
    capability_id: capability.id,
    tool_server: call.serverId,
    tool_name: call.toolName,
    action_hash: hashHex(canonicalize(call.arguments), primitives),
  };
}

const BODY: ReadonlySet<string> = new Set([
  "schema",
  "agent_key",
  "capability_id",
  "tool_server",
  "tool_name",
  "action_hash",
  "nonce",
  "issued_at",
]);

function proofSignatureProblem(
  body: JsonObject,
  proof: JsonObject,
  { verify, primitives }: DpopContext,
): string | null {
  const material = readMaterial({
    key: member(body, "agent_key"),
    keyPointer: "/body/agent_key",
    signature: member(proof, "signature"),
    signaturePointer: "/signature",
    algorithm: undefined,
    algorithmPointer: "",
  });
  if (!material.ok) {
    return "the signature cannot be read";
  }
  const text = canonicalize(project(body, BODY, new Set()));
  const reading = { name: "normal", text: () => text } as const;
  const { key, signature } = material.value;
  const preimages = preimagesOf([reading], hasCcCharacter(text), primitives);
  const problem = signatureProblem({ key, signature, preimages, pointer: "/signature" }, verify);
  return problem === null ? null : `signature is invalid${problem.detail}`;
}

/** One text for each pair, of one length: no nonce can be chosen so that two pairs run together. */
function nonceKey(nonce: string, capabilityId: string, { primitives }: DpopContext): string {
  return hashHex(canonicalize([nonce, capabilityId]), primitives);
}

export interface DpopClaims {
  readonly capabilityId: string;
  readonly call: Pick<ToolCall, "serverId" | "toolName" | "arguments">;
  readonly nonce: string;
  /** Unix seconds. */
  readonly issuedAt: bigint;
}

/** Makes a proof for one call, signed as the key's agent. */
export function signDpopProof(
  { capabilityId, call, nonce, issuedAt }: DpopClaims,
  key: SigningKey,
): JsonObject {
  const signer = signerOf(key);
  const body = {
    schema: DPOP_SCHEMA,
    agent_key: signer.publicKey,
    capability_id: capabilityId,
    tool_server: call.serverId,
    tool_name: call.toolName,
    action_hash: toHex(sha256(utf8(canonicalize(call.arguments)))),
    nonce,
    issued_at: jsonInteger(issuedAt),
  };
  return { body, signature: toHex(signer.sign(utf8(canonicalize(body)))) };
}

function invalid(detail: string): CapabilityProblem {
  return { code: "dpop-invalid", reason: PREFIX + detail };
}

function replayed(detail: string): CapabilityProblem {
  return { code: "dpop-replayed", reason: PREFIX + detail };
}

const PREFIX = "DPoP proof verification failed: ";
