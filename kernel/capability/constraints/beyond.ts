import { asText } from "../../json/value.ts";
import { closed, flag, list, oneOf, type Reader, refuse, text, u64 } from "../readers.ts";
import type { Judge } from "./outcome.ts";

/** A constraint without a value. */
const nothing: Reader<null> = (value, pointer) =>
  value === undefined ? { ok: true, value: null } : refuse(pointer, "nothing");

const decimal: Reader<string> = (value, pointer) => {
  const amount = asText(value) ?? "";
  return /^\d+(?:\.\d+)?$/.test(amount)
    ? { ok: true, value: amount }
    : refuse(pointer, "a decimal amount");
};

/**
 * Constraints that the reference kernel leaves to a later step which this kernel does not have: `unchecked`,
 * since to call them satisfied would be to say what nobody looked at.
 */
export const UNCHECKED: readonly (readonly [string, Judge])[] = [
  ["governed_intent_required", unchecked(nothing)],
  ["require_approval_above", unchecked(closed("a threshold", { threshold_units: u64 }))],
  ["seller_exact", unchecked(text)],
  [
    "minimum_runtime_assurance",
    unchecked(oneOf("an assurance", ["none", "basic", "attested", "verified"])),
  ],
  ["minimum_autonomy_tier", unchecked(oneOf("a tier", ["direct", "delegated", "autonomous"]))],
  ["table_allowlist", unchecked(list(text))],
  ["column_denylist", unchecked(list(text))],
  ["max_rows_returned", unchecked(u64)],
  ["operation_class", unchecked(oneOf("a class", ["read_only", "read_write", "admin"]))],
];

/** Constraints that the reference kernel never lets hold at this stage, whatever they ask for. */
export const NEVER: readonly (readonly [string, Judge])[] = [
  ["content_review_tier", never(oneOf("a tier", ["none", "basic", "strict"]))],
  ["max_transaction_amount_usd", never(decimal)],
  ["require_dual_approval", never(flag)],
];

function unchecked(reader: Reader<unknown>): Judge {
  return (value) => (reader(value, "").ok ? { kind: "unchecked" } : null);
}

function never(reader: Reader<unknown>): Judge {
  return (value) => (reader(value, "").ok ? { kind: "fails" } : null);
}
