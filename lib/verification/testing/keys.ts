import { publicKeyOf } from "@/kernel/crypto/ed25519.ts";
import { purePrimitives, sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile, TRUST_SCHEMA, type TrustRole } from "@/kernel/trust/trust-file.ts";

/** A signer's seed by name: none of the published ones, so that no test key warning stands in the way. */
export function seedOf(name: string): Uint8Array {
  return sha256(utf8(`verification test seed ${name}`));
}

export function keyOf(seed: Uint8Array): string {
  return toHex(publicKeyOf(seed));
}

export interface Pin {
  readonly role: TrustRole;
  readonly key: string;
  readonly valid_from?: number;
  readonly valid_until?: number;
  readonly retired_at?: number;
}

/** Pinned keys, read from a trust file as an auditor would give it. */
export function trust(...pins: readonly Pin[]): TrustBundle {
  const keys = pins.map(
    ({ valid_from = null, valid_until = null, retired_at = null, ...pin }): JsonObject => ({
      ...pin,
      valid_from,
      valid_until,
      retired_at,
      note: "",
    }),
  );
  const parsed = parseTrustFile({ schema: TRUST_SCHEMA, keys }, purePrimitives);
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.error));
  }
  return trustBundle(parsed.value);
}

/** Keys pinned for receipts and for checkpoints. */
export function trustKernel(...keys: readonly string[]): TrustBundle {
  return trust(
    ...keys.flatMap((key): Pin[] => [
      { role: "kernel", key },
      { role: "checkpoint", key },
    ]),
  );
}
