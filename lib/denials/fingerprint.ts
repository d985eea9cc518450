import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { EVENT_FIELDS, type EventField } from "./model.ts";

/** What tells one pattern from another: fields and their values, "" for none; fields that do not are absent. */
export type PatternFields = Readonly<Partial<Record<EventField, string>>>;

/**
 * Name of a pattern, the same for the same fields and values in every run and on every machine: the first 16
 * hexadecimal digits of the SHA-256 of their canonical JSON, in the order of {@link EVENT_FIELDS}. Half a
 * surrogate pair in a value counts as U+FFFD.
 */
export function patternName(fields: PatternFields, primitives: Primitives): string {
  const parts = EVENT_FIELDS.flatMap((field) => {
    const value = fields[field];
    return value === undefined ? [] : [[field, value.replace(LONE_SURROGATE, "\ufffd")]];
  });
  return toHex(primitives.sha256(primitives.utf8(canonicalize(parts)))).slice(0, 16);
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
