import type { TrustState } from "@/lib/session/model.ts";

/** How many keys are pinned: one that is listed for two roles, or for two windows, is one key. */
export function pinnedKeyCount(trust: TrustState): number {
  return new Set(trust.pinned.map((entry) => entry.key)).size;
}
