import { isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { isExample } from "./detect.ts";

const PREFIXED_MEMBERS: ReadonlySet<string> = new Set([
  "kernel_key",
  "content_hash",
  "policy_hash",
]);
const HEX_RUN = /[0-9a-f]{16}/i;

/** The receipt with `ed25519:` or `ed25519:pub:` taken off its key, which is how parsers of keys see it. */
export function withBareKey(receipt: JsonObject): JsonObject {
  const key = member(receipt, "kernel_key");
  return key === undefined ? receipt : { ...receipt, kernel_key: strippedText(key) };
}

/** The receipt with `sha256:`, `ed25519:` and `ed25519:pub:` prefixes taken off its keys and hashes. */
export function stripped(receipt: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(receipt).map(([name, value]): [string, JsonValue] => {
      if (PREFIXED_MEMBERS.has(name)) {
        return [name, strippedText(value)];
      }
      return name === "action" && isObject(value) ? [name, strippedAction(value)] : [name, value];
    }),
  );
}

/**
 * Why the signature of an example cannot be checked: its key or signature is abbreviated, or a name stands
 * where a key should. Null where the material claims to be complete, so that a damaged one is an error; and
 * for a receipt that is no example, whose signature somebody shortened.
 */
export function uncheckable(receipt: JsonObject): "abbreviated" | "key by name" | null {
  if (!isExample(receipt)) {
    return null;
  }
  const key = member(receipt, "kernel_key");
  const signature = member(receipt, "signature");
  if (isAbbreviated(key) || isAbbreviated(signature)) {
    return "abbreviated";
  }
  return typeof key === "string" && key !== "" && !HEX_RUN.test(key) ? "key by name" : null;
}

export function isAbbreviated(value: JsonValue | undefined): boolean {
  return typeof value === "string" && (value.includes("...") || value.includes("\u2026"));
}

function strippedAction(action: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(action).map(([name, value]): [string, JsonValue] => [
      name,
      name === "parameter_hash" ? strippedText(value) : value,
    ]),
  );
}

function strippedText(value: JsonValue): JsonValue {
  return typeof value === "string"
    ? value.replace(/^(?:sha256:|ed25519:pub:|ed25519:)/, "")
    : value;
}
