import { canonicalize } from "../json/canonicalize.ts";
import type { JsonValue } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { hashHex } from "../texts.ts";
import type { EffectivePolicy } from "./effective-policy.ts";

/**
 * The `policy_hash` of receipts: SHA-256, hexadecimal, over the canonical effective policy. It does not see how
 * a policy was written, and changes with everything that can change a verdict. Upstream's cannot be
 * reproduced outside its own code (kernel semantics 7.1), so a verifier takes it as a name.
 */
export function policyHash(policy: EffectivePolicy, primitives: Primitives): string {
  return hashHex(canonicalize(policyJson(policy)), primitives);
}

/** An effective policy as a JSON value: what is hashed, and what a page shows as the policy in force. */
export function policyJson(policy: EffectivePolicy): JsonValue {
  return jsonOf(policy);
}

function jsonOf(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
    case "bigint":
      return value;
    default:
      if (value === null) {
        return null;
      }
      if (Array.isArray(value)) {
        return value.map(jsonOf);
      }
      if (typeof value === "object") {
        return Object.fromEntries(
          Object.entries(value).map(([name, element]) => [name, jsonOf(element)]),
        );
      }
      throw new TypeError(`An effective policy has no ${typeof value}.`);
  }
}
