import type { Check } from "../check.ts";
import { asU64, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { ReceiptForm } from "./detect.ts";

type MemberType = "text" | "u64" | "object";
type Required = readonly (readonly [name: string, type: MemberType])[];

const TOOL: Required = [
  ["id", "text"],
  ["timestamp", "u64"],
  ["capability_id", "text"],
  ["tool_server", "text"],
  ["tool_name", "text"],
  ["action", "object"],
  ["content_hash", "text"],
  ["policy_hash", "text"],
];
const DECIDED: Required = [...TOOL, ["decision", "object"]];
const CHILD: Required = [
  ["id", "text"],
  ["timestamp", "u64"],
  ["session_id", "text"],
  ["parent_request_id", "text"],
  ["request_id", "text"],
  ["operation_kind", "text"],
  ["terminal_state", "object"],
  ["outcome_hash", "text"],
  ["policy_hash", "text"],
];
const HTTP: Required = [
  ["id", "text"],
  ["request_id", "text"],
  ["route_pattern", "text"],
  ["method", "text"],
  ["caller_identity_hash", "text"],
  ["verdict", "object"],
  ["response_status", "u64"],
  ["timestamp", "u64"],
  ["content_hash", "text"],
  ["policy_hash", "text"],
];

/**
 * Whether the required members are there with their types. An odd member never fails here: it changed the
 * signed content or it was signed that way, and only the signature can tell which.
 */
export function formatCheck(receipt: JsonObject, form: ReceiptForm): Check {
  const odd: string[] = [];
  for (const [name, type] of requiredOf(form)) {
    if (!isOfType(member(receipt, name), type)) {
      odd.push(name);
    }
  }
  return odd.length === 0
    ? { name: "format", outcome: { kind: "passed" } }
    : {
        name: "format",
        outcome: { kind: "not-checked", why: `absent or of another type: ${odd.join(", ")}` },
      };
}

function requiredOf(form: ReceiptForm): Required {
  switch (form) {
    case "documentation":
    case "v1":
      return TOOL;
    case "pre-v1":
      return DECIDED;
    case "child":
      return CHILD;
    case "http":
      return HTTP;
  }
}

function isOfType(value: JsonValue | undefined, type: MemberType): boolean {
  switch (type) {
    case "text":
      return typeof value === "string";
    case "u64":
      return asU64(value) !== undefined;
    case "object":
      return isObject(value);
  }
}
