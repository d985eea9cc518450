import { isArray, isObject, type JsonObject, member } from "../json/value.ts";

export type ReceiptForm = "documentation" | "pre-v1" | "v1" | "child" | "http";

/** Members that together only a receipt of that family has. `id`, `timestamp` and `metadata` say nothing. */
const TOOL = [
  "capability_id",
  "tool_server",
  "tool_name",
  "action",
  "decision",
  "content_hash",
  "policy_hash",
  "receipt_kind",
  "boundary_class",
  "kernel_key",
] as const;
const CHILD = [
  "session_id",
  "parent_request_id",
  "request_id",
  "operation_kind",
  "terminal_state",
  "outcome_hash",
] as const;
const HTTP = [
  "request_id",
  "route_pattern",
  "method",
  "caller_identity_hash",
  "verdict",
  "response_status",
] as const;
const ENOUGH = 4;

/**
 * The form of a receipt, or null for a value that is about something else. Recognition tolerates the loss
 * or retyping of single members: an adversary who damages one member of a receipt must meet "does not
 * verify", not "unknown row". Which form applies is decided by `receipt_kind` alone (v1), then by the
 * documentation's spellings, so that exactly one preimage rule fits each value.
 */
export function detectForm(value: JsonObject): ReceiptForm | null {
  if (!(Object.hasOwn(value, "signature") || Object.hasOwn(value, "kernel_key"))) {
    return null;
  }
  if (
    has(value, TOOL) >= ENOUGH &&
    (Object.hasOwn(value, "action") ||
      Object.hasOwn(value, "decision") ||
      Object.hasOwn(value, "receipt_kind"))
  ) {
    if (Object.hasOwn(value, "receipt_kind")) {
      return "v1";
    }
    return isDocumentation(value) ? "documentation" : "pre-v1";
  }
  if (has(value, CHILD) >= ENOUGH) {
    return "child";
  }
  return has(value, HTTP) >= ENOUGH ? "http" : null;
}

function has(value: JsonObject, names: readonly string[]): number {
  let count = 0;
  for (const name of names) {
    if (Object.hasOwn(value, name)) {
      count += 1;
    }
  }
  return count;
}

function isDocumentation(receipt: JsonObject): boolean {
  return (
    isPrefixed(receipt, "kernel_key") || isPrefixed(receipt, "signature") || isExample(receipt)
  );
}

/** Whether more than its key and signature is spelled as in the documentation. */
export function isExample(receipt: JsonObject): boolean {
  if (
    typeof member(receipt, "decision") === "string" ||
    isPrefixed(receipt, "content_hash") ||
    isPrefixed(receipt, "policy_hash")
  ) {
    return true;
  }
  const action = member(receipt, "action");
  if (isObject(action) && isPrefixed(action, "parameter_hash")) {
    return true;
  }
  const evidence = member(receipt, "evidence");
  if (isArray(evidence)) {
    for (const item of evidence) {
      if (isObject(item) && Object.hasOwn(item, "guard") && !Object.hasOwn(item, "guard_name")) {
        return true;
      }
    }
  }
  return false;
}

function isPrefixed(object: JsonObject, name: string): boolean {
  const text = member(object, name);
  return typeof text === "string" && (text.startsWith("sha256:") || text.startsWith("ed25519:"));
}
