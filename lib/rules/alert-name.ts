import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Alert } from "./model.ts";

const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Name of an alert, the same in every run over the same decisions: the first 16 hexadecimal digits of the
 * SHA-256 of the canonical JSON of its rule's id, its group, its time, and how many events its window held. It
 * does not depend on how the records were spread over files.
 */
export function alertName(alert: Alert, primitives: Primitives): string {
  const { rule, group, at, events, measure } = alert;
  const fields = group.map(({ field, value }) => [field, value.replace(LONE_SURROGATE, "\ufffd")]);
  const text = canonicalize([rule, fields, at, events, measure]);
  return toHex(primitives.sha256(primitives.utf8(text))).slice(0, 16);
}
