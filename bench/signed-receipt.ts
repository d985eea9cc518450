import { createPrivateKey, type KeyObject, sign } from "node:crypto";
import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Call } from "@/lib/demo/call.ts";
import { demoKey } from "@/lib/demo/keys.ts";

export interface Signer {
  /** 64 lowercase hex digits. */
  readonly key: string;
  readonly secret: KeyObject;
}

const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

export function signer(number: number): Signer {
  const { key, seed } = demoKey(`benchmark kernel ${number}`);
  const encoded = Buffer.concat([PKCS8_ED25519, seed]);
  return { key, secret: createPrivateKey({ key: encoded, format: "der", type: "pkcs8" }) };
}

/**
 * A v1 receipt (wire format 2.2) as large as those of a kernel without call chains: about 1.3 kB. OpenSSL
 * signs, because a million signatures by the kernel's own rule would take a quarter of an hour.
 */
export function signedReceipt(
  call: Call,
  { key, secret }: Signer,
  { sha256, utf8 }: Primitives,
): JsonObject {
  const hash = (value: JsonValue): string => toHex(sha256(utf8(canonicalize(value))));
  const body: JsonObject = {
    timestamp: call.timestamp,
    capability_id: call.capabilityId,
    tool_server: call.toolServer,
    tool_name: call.toolName,
    action: { parameters: call.parameters, parameter_hash: hash(call.parameters) },
    decision: call.decision,
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    tool_origin: "caller_executed",
    redaction_mode: "none",
    content_hash: hash(call.output),
    policy_hash: hash("benchmark policy"),
    evidence: call.evidence,
    metadata: {
      attribution: {
        subject_key: demoKey(call.agent).key,
        delegation_depth: 0,
        grant_index: 0,
      },
      chio_explorer: { service: call.service, agent: call.agent },
      chio_receipt_signing_nonce: call.handle,
    },
    trust_level: "mediated",
    kernel_key: key,
  };
  const content = canonicalize(body);
  const id = toHex(sha256(utf8(content)));
  const signature = sign(null, utf8(`{"body":${content},"id":"${id}"}`), secret);
  return { id, ...body, signature: toHex(signature) };
}
