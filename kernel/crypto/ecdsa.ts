import { p256, p384 } from "@noble/curves/nist.js";

const CURVES = { p256, p384 } as const;

/**
 * Whether an ECDSA signature holds: P-256 with SHA-256, or P-384 with SHA-384, over the message itself.
 * `key` is an uncompressed point, `derSignature` the DER encoding of (r, s). High s is accepted, as the
 * protocol's signers do not normalise it. False, and never a throw, for malformed material.
 */
export function verifyEcdsa(
  kind: "p256" | "p384",
  key: Uint8Array,
  message: Uint8Array,
  derSignature: Uint8Array,
): boolean {
  try {
    return CURVES[kind].verify(derSignature, message, key, {
      format: "der",
      lowS: false,
      prehash: true,
    });
  } catch {
    return false;
  }
}
