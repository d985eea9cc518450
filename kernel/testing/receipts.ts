import { publicKeyOf } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex } from "../encoding.ts";
import type { JsonObject } from "../json/value.ts";
import { inspectReceipt, type ReceiptInspection } from "../receipt/inspect.ts";
import { actionOf } from "../receipt/sign.ts";
import { checkClaim } from "../signature.ts";
import { exactBackend } from "./exact-backend.ts";

export const SEED = new Uint8Array(32).fill(0x31);
export const KEY = toHex(publicKeyOf(SEED));
export const HASH = "cd".repeat(32);

/** A tool receipt of April before its signature. */
export const BODY: JsonObject = {
  id: "rcpt-1",
  timestamp: 1776270871,
  capability_id: "cap-1",
  tool_server: "payments",
  tool_name: "approve_charge",
  action: actionOf({ amount: "120.00" }),
  decision: { verdict: "allow" },
  content_hash: HASH,
  policy_hash: "policy",
};

/** The same as a mediated v1 decision. */
export const MEDIATED: JsonObject = {
  ...BODY,
  receipt_kind: "mediated_decision",
  boundary_class: "prevent",
  trust_level: "mediated",
};

export const CHILD_BODY: JsonObject = {
  id: "child-1",
  timestamp: 1,
  session_id: "s",
  parent_request_id: "p",
  request_id: "r",
  operation_kind: "heartbeat",
  terminal_state: { state: "cancelled", reason: "stop" },
  outcome_hash: HASH,
  policy_hash: "policy",
};

export const HTTP_BODY: JsonObject = {
  id: "http-1",
  request_id: "r",
  route_pattern: "/pets/{id}",
  method: "GET",
  caller_identity_hash: HASH,
  verdict: { verdict: "allow" },
  response_status: 200,
  timestamp: 1,
  content_hash: HASH,
  policy_hash: "policy",
};

export function inspect(receipt: JsonObject): ReceiptInspection {
  return inspectReceipt(receipt, purePrimitives);
}

/** The name of the reading that the signature fits, or why there is none. */
export async function preimage(inspection: ReceiptInspection): Promise<string> {
  if (inspection.claim === null) {
    return "no claim";
  }
  const outcome = await checkClaim(inspection.claim, exactBackend);
  return outcome.kind === "fits" ? outcome.preimage : outcome.kind;
}

/** Codes of the failed checks. */
export function codes(inspection: ReceiptInspection): readonly string[] {
  return inspection.checks.flatMap(({ outcome }) =>
    outcome.kind === "failed" ? [outcome.code] : [],
  );
}

/** Code and pointer of each note. */
export function notes(inspection: ReceiptInspection): readonly string[] {
  return inspection.notes.map(({ code, pointer }) => `${code} ${pointer}`);
}
