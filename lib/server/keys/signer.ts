import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { concatBytes, fromHex, toHex } from "@/kernel/encoding.ts";
import type { Signer } from "@/kernel/signer.ts";

/** The DER of a PKCS #8 Ed25519 private key (RFC 8410, section 7) up to the seed. */
const PKCS8_HEAD = fromHex("302e020100300506032b657004220420") ?? new Uint8Array();

/** Octets of an Ed25519 seed. */
export const SEED_LENGTH = 32;

/**
 * A signer by OpenSSL. The secret lives in a key object that only this closure holds: the signer has no
 * member that could be printed, logged or serialised.
 *
 * @throws RangeError for a seed of another length.
 */
export function nodeSigner(seed: Uint8Array): Signer {
  if (seed.length !== SEED_LENGTH) {
    throw new RangeError("an Ed25519 seed has 32 octets");
  }
  const encoded = Buffer.from(concatBytes(PKCS8_HEAD, seed));
  const secret = createPrivateKey({ key: encoded, format: "der", type: "pkcs8" });
  encoded.fill(0);
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  return {
    publicKey: toHex(new Uint8Array(spki.subarray(-SEED_LENGTH))),
    sign: (message) => new Uint8Array(sign(null, message, secret)),
  };
}
