import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { actionOf, signChild, signHttp, signV1 } from "@/kernel/receipt/sign.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import type { SigningKey } from "@/kernel/signer.ts";
import { hashHex } from "@/kernel/texts.ts";
import { nodePrimitives } from "@/lib/node/crypto.ts";

export const primitives = nodePrimitives();

const HASH = hashHex(canonicalize(null), primitives);

export interface SignedCall {
  readonly key: SigningKey;
  /** Makes the receipt another one than its neighbours. */
  readonly number: number;
  /** Unix seconds. */
  readonly at: bigint;
  readonly decision?: JsonObject;
  readonly tool?: string;
  readonly capability?: string;
  readonly subject?: string | null;
  readonly financial?: JsonObject;
  readonly tenant?: string;
}

/** A tool receipt as the kernel makes them: version 1, mediated. */
export function signedTool(call: SignedCall): JsonObject {
  const attribution = {
    subject_key: call.subject === undefined ? "ab".repeat(32) : call.subject,
    issuer_key: "cd".repeat(32),
    delegation_depth: 0,
    grant_index: 0,
  };
  const body: JsonObject = {
    id: `rcpt-${call.number}`,
    timestamp: jsonInteger(call.at),
    capability_id: call.capability ?? "cap-1",
    tool_server: "payments",
    tool_name: call.tool ?? "charge",
    action: actionOf({ number: call.number }),
    decision: call.decision ?? { verdict: "allow" },
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    trust_level: "mediated",
    content_hash: HASH,
    policy_hash: "policy",
    metadata: {
      attribution,
      ...(call.financial === undefined ? {} : { financial: call.financial }),
    },
    ...(call.tenant === undefined ? {} : { tenant_id: call.tenant }),
  };
  return signV1(body, call.key);
}

export function signedChild(key: SigningKey, number: number, at: bigint): JsonObject {
  const body: JsonObject = {
    id: `child-${number}`,
    timestamp: jsonInteger(at),
    session_id: "session-1",
    parent_request_id: `req-${number}`,
    request_id: `child-req-${number}`,
    operation_kind: "create_message",
    terminal_state: { state: "completed" },
    outcome_hash: HASH,
    policy_hash: "policy",
  };
  return signChild(body, key);
}

export function signedHttp(key: SigningKey, number: number, at: bigint): JsonObject {
  const body: JsonObject = {
    id: `http-${number}`,
    request_id: `req-${number}`,
    route_pattern: "/tools/{name}",
    method: "POST",
    caller_identity_hash: HASH,
    verdict: { verdict: "allow" },
    response_status: 200,
    timestamp: jsonInteger(at),
    content_hash: HASH,
    policy_hash: "policy",
  };
  return signHttp(body, key);
}
