import { publicKeyOf, sign } from "./crypto/ed25519.ts";
import { toHex } from "./encoding.ts";

/** An Ed25519 signing key that keeps its secret to itself. */
export interface Signer {
  /** 64 lower-case hexadecimal digits. */
  readonly publicKey: string;
  /** A signature of 64 octets (RFC 8032). */
  sign(message: Uint8Array): Uint8Array;
}

/** A signer, or a seed of 32 octets for the portable one. */
export type SigningKey = Signer | Uint8Array;

/** The signer that a key is; a seed signs by the kernel's own arithmetic. */
export function signerOf(key: SigningKey): Signer {
  if (!(key instanceof Uint8Array)) {
    return key;
  }
  const seed = key.slice();
  return { publicKey: toHex(publicKeyOf(seed)), sign: (message) => sign(seed, message) };
}
