import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { TRUST_ROLES, type TrustKey } from "@/kernel/trust/trust-file.ts";
import type { TrustKey as ShownKey } from "@/lib/session/model.ts";

/** The keys to judge by, of those that the session shows as pinned; null where none is. */
export function pinnedBundle(keys: readonly ShownKey[]): TrustBundle | null {
  const pinned = keys.flatMap((shown): readonly TrustKey[] => {
    const key = parsePublicKey(shown.key);
    const role = TRUST_ROLES.find((each) => each === shown.role);
    return !key.ok || role === undefined
      ? []
      : [
          {
            role,
            key: key.value,
            validFrom: integer(shown.validFrom),
            validUntil: integer(shown.validUntil),
            retiredAt: integer(shown.retiredAt),
            note: shown.note,
          },
        ];
  });
  return pinned.length === 0 ? null : trustBundle({ keys: pinned, signer: null });
}

function integer(second: number | null): bigint | null {
  return second === null ? null : BigInt(second);
}
