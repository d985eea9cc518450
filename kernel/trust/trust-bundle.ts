import { parseKeyOnce } from "../signing-material.ts";
import type { TrustFile, TrustKey, TrustRole } from "./trust-file.ts";

/** Pinned keys, looked up by canonical key text. */
export interface TrustBundle {
  readonly keys: readonly TrustKey[];
  readonly byKey: ReadonlyMap<string, readonly TrustKey[]>;
}

export type KeyStanding = "pinned" | "not-pinned" | "outside-window" | "other-role";

export function trustBundle(file: TrustFile): TrustBundle {
  const byKey = new Map<string, TrustKey[]>();
  for (const entry of file.keys) {
    const entries = byKey.get(entry.key.canonical) ?? [];
    entries.push(entry);
    byKey.set(entry.key.canonical, entries);
  }
  return { keys: file.keys, byKey };
}

/**
 * How a key stands for a role at a time (Unix seconds; a receipt's is self-asserted, a checkpoint's is its
 * `issued_at`). Roles are never inferred: a kernel key signs checkpoints only where it is listed as
 * `checkpoint` too.
 */
export function keyStanding(
  bundle: TrustBundle,
  role: TrustRole,
  key: string,
  at: bigint,
): KeyStanding {
  const entries = bundle.byKey.get(canonicalKey(key)) ?? [];
  if (entries.length === 0) {
    return "not-pinned";
  }
  const ofRole = entries.filter((entry) => entry.role === role);
  if (ofRole.length === 0) {
    return "other-role";
  }
  return ofRole.some((entry) => isInForce(entry, at)) ? "pinned" : "outside-window";
}

function isInForce(entry: TrustKey, at: bigint): boolean {
  return (
    (entry.validFrom === null || at >= entry.validFrom) &&
    (entry.validUntil === null || at < entry.validUntil) &&
    (entry.retiredAt === null || at < entry.retiredAt)
  );
}

function canonicalKey(spelled: string): string {
  const key = parseKeyOnce(spelled);
  return key.ok ? key.value.canonical : spelled;
}
