import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Call } from "./call.ts";
import { type DemoKey, demoKey } from "./keys.ts";

export type DemoForm = "documentation" | "pre-v1" | "v1";

/** A receipt before its signature: what is to be signed, and how the finished receipt reads. */
export interface Draft {
  readonly id: string;
  readonly message: Uint8Array;
  readonly seal: (signature: Uint8Array) => JsonObject;
}

const POLICY = "2026-04-shop-policy-7";

/** `parents` is the id of the call that brought this one about. RFC: wire-format 2.1, 2.2. */
export function draftReceipt(
  form: DemoForm,
  call: Call,
  key: DemoKey,
  parentId: string | null,
  primitives: Primitives,
): Draft {
  const hash = (value: JsonValue): string =>
    toHex(primitives.sha256(primitives.utf8(canonicalize(value))));
  switch (form) {
    case "v1":
      return draftV1(call, key, parentId, hash, primitives);
    case "pre-v1":
      return draftPreV1(call, key, parentId, hash, primitives);
    case "documentation":
      return draftDocumentation(call, key, hash, primitives);
  }
}

type Hash = (value: JsonValue) => string;

function shared(call: Call, hash: Hash): JsonObject {
  return {
    timestamp: call.timestamp,
    capability_id: call.capabilityId,
    tool_server: call.toolServer,
    tool_name: call.toolName,
    action: { parameters: call.parameters, parameter_hash: hash(call.parameters) },
    decision: call.decision,
  };
}

function metadata(call: Call, parentId: string | null, alias: string | null): JsonObject {
  const chain: JsonObject = {
    chainId: call.chainId,
    parentRequestId: parentId === null ? call.chainId : `req-${parentId.slice(0, 16)}`,
    ...(parentId === null ? {} : { parentReceiptId: parentId }),
    originSubject: "order-service",
    delegatorSubject: "order-service",
    evidenceClass: "asserted",
    evidenceSources: [],
  };
  return {
    attribution: {
      subject_key: demoKey(call.agent).key,
      issuer_key: demoKey("capability authority").key,
      delegation_depth: 0,
      grant_index: 0,
    },
    chio_explorer: { service: call.service, agent: call.agent },
    governed_transaction: { call_chain: chain },
    ...(call.financial === null ? {} : { financial: call.financial }),
    ...(alias === null ? {} : { chio_receipt_signing_nonce: alias }),
  };
}

function handleOf({ timestamp, handle }: Call): string {
  return handleAt(timestamp, handle);
}

/** `rcpt-` and a version 7 UUID's shape: Unix seconds as milliseconds, then 18 hexadecimal digits of `rest`. */
export function handleAt(timestamp: number, rest: string): string {
  const time = (timestamp * 1000).toString(16).padStart(12, "0");
  return `rcpt-${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-a${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

function draftV1(
  call: Call,
  key: DemoKey,
  parentId: string | null,
  hash: Hash,
  primitives: Primitives,
): Draft {
  const body: JsonObject = {
    ...shared(call, hash),
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    tool_origin: "caller_executed",
    redaction_mode: "none",
    content_hash: hash(call.output),
    policy_hash: hash(POLICY),
    evidence: call.evidence,
    metadata: metadata(call, parentId, handleOf(call)),
    trust_level: "mediated",
    kernel_key: key.key,
  };
  const canonicalBody = canonicalize(body);
  const id = toHex(primitives.sha256(primitives.utf8(canonicalBody)));
  return {
    id,
    message: primitives.utf8(`{"body":${canonicalBody},"id":"${id}"}`),
    seal: (signature) => ({ id, ...body, signature: toHex(signature) }),
  };
}

function draftPreV1(
  call: Call,
  key: DemoKey,
  parentId: string | null,
  hash: Hash,
  primitives: Primitives,
): Draft {
  const id = handleOf(call);
  const body: JsonObject = {
    id,
    ...shared(call, hash),
    content_hash: hash(call.output),
    policy_hash: hash(POLICY),
    evidence: call.evidence,
    metadata: metadata(call, parentId, null),
    kernel_key: key.key,
  };
  return {
    id,
    message: primitives.utf8(canonicalize(body)),
    seal: (signature) => ({ ...body, signature: toHex(signature) }),
  };
}

/** As the architecture document prints receipts, signed over its own spelling (wire-format 9, rows 1 to 3). */
function draftDocumentation(call: Call, key: DemoKey, hash: Hash, primitives: Primitives): Draft {
  const id = `rcpt_${handleOf(call).slice(5).replaceAll("-", "")}`;
  const verdict = call.decision["verdict"] ?? "deny";
  const body: JsonObject = {
    id,
    timestamp: call.timestamp,
    capability_id: call.capabilityId.replaceAll("-", "_"),
    tool_server: call.toolServer,
    tool_name: call.toolName,
    action: { parameters: call.parameters, parameter_hash: `sha256:${hash(call.parameters)}` },
    decision: verdict,
    content_hash: `sha256:${hash(call.output)}`,
    policy_hash: `sha256:${hash(POLICY)}`,
    evidence: call.evidence.map((row) => ({
      guard: row["guard_name"] ?? "",
      verdict: row["verdict"] === true ? "allow" : "deny",
    })),
    kernel_key: `ed25519:pub:${key.key}`,
  };
  return {
    id,
    message: primitives.utf8(canonicalize(body)),
    seal: (signature) => ({ ...body, signature: `ed25519:${toHex(signature)}` }),
  };
}
