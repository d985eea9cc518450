import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { EventField } from "@/lib/denials/model.ts";

/** What our fields are called in Sigma: as in the view `denials`. API for others' rules and pipelines. */
export const SIGMA_FIELDS: Readonly<Record<EventField, string>> = {
  agent: "agent",
  service: "service",
  tool: "tool_name",
  scope: "scope",
  topic: "topic",
  guard: "guard",
  reason: "reason_pattern",
  capability: "capability_id",
  policy: "policy_hash",
  key: "message_key",
  group: "consumer_group",
};
/** Says of every event that it is a denial: a Sigma rule must select something. */
export const SIGMA_VERDICT = { field: "verdict", value: "deny" } as const;
export const SIGMA_LOGSOURCE = { product: "chio", service: "denials" } as const;
/** Top-level member with what Sigma has no word for; other tools pass over it. */
export const SIGMA_EXTRA = "chio";

const BY_NAME: ReadonlyMap<string, EventField> = new Map([
  ["agent", "agent"],
  ["service", "service"],
  ["tool_name", "tool"],
  ["scope", "scope"],
  ["topic", "topic"],
  ["guard", "guard"],
  ["reason_pattern", "reason"],
  ["capability_id", "capability"],
  ["policy_hash", "policy"],
  ["message_key", "key"],
  ["consumer_group", "group"],
]);

export function fieldOfSigma(name: string): EventField | null {
  return BY_NAME.get(name) ?? null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** The id itself where it is a UUID, else one made of its hash (RFC 9562, version 8): always the same. */
export function sigmaId(id: string): string {
  if (UUID.test(id)) {
    return id;
  }
  const hex = toHex(purePrimitives.sha256(purePrimitives.utf8(`chio-explorer:${id}`)));
  const version = `8${hex.slice(13, 16)}`;
  const variant = `8${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), version, variant, hex.slice(20, 32)].join("-");
}
