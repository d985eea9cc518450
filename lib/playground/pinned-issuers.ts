import type { TrustKey } from "@/lib/session/model.ts";

/**
 * The pinned capability authorities that are in force at a moment; null where none is pinned at all.
 *
 * @param clock Unix seconds as typed; where it is no number, windows are not looked at
 */
export function issuersInForce(
  pinned: readonly TrustKey[],
  clock: string,
): readonly string[] | null {
  const at = /^\d{1,15}$/.test(clock) ? Number(clock) : null;
  const authorities = pinned.filter((key) => key.role === "capability_authority");
  return authorities.length === 0
    ? null
    : authorities.filter((key) => at === null || isInForce(key, at)).map((key) => key.key);
}

function isInForce({ validFrom, validUntil, retiredAt }: TrustKey, at: number): boolean {
  return (
    (validFrom === null || at >= validFrom) &&
    (validUntil === null || at < validUntil) &&
    (retiredAt === null || at < retiredAt)
  );
}
