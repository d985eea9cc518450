import type { IntegrityState } from "@/lib/display/status.ts";

const STATES = [
  "verified",
  "verified-not-checkpointed",
  "self-consistent",
  "does-not-verify",
  "not-checked",
  "unsigned",
] as const satisfies readonly IntegrityState[];

/** The state of integrity that a facet's value names; undefined for any other text. */
export function integrityOf(value: string): IntegrityState | undefined {
  return value === "" ? null : STATES.find((state) => state === value);
}
