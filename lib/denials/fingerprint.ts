import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { Primitives } from "@/kernel/primitives.ts";

/** Columns of `denials` that a pattern may be told apart by, in the order in which they are named. */
export const PATTERN_PARTS = [
  "guard",
  "tool_name",
  "reason_pattern",
  "scope",
  "topic",
  "agent",
  "service",
  "capability_id",
  "policy_hash",
] as const;
export type PatternPart = (typeof PATTERN_PARTS)[number];

/** What makes a pattern where nothing else is chosen: who said no, to what, and why. */
export const DEFAULT_PARTS: readonly PatternPart[] = ["guard", "tool_name", "reason_pattern"];

/** Parts of one pattern with their values; null where a denial has none. */
export type PatternKey = ReadonlyMap<PatternPart, string | null>;

/**
 * Name of a pattern, the same for the same parts and values in every run and on every machine: the first 16
 * hexadecimal digits of the SHA-256 of the canonical JSON of its parts. Half a surrogate pair in a value counts
 * as U+FFFD.
 */
export function patternName(key: PatternKey, primitives: Primitives): string {
  const parts = PATTERN_PARTS.filter((part) => key.has(part)).map((part) => [
    part,
    key.get(part)?.replace(LONE_SURROGATE, "\ufffd") ?? null,
  ]);
  return toHex(primitives.sha256(primitives.utf8(canonicalize(parts)))).slice(0, 16);
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
