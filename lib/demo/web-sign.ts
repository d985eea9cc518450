import { sign as exactSign } from "@/kernel/crypto/ed25519.ts";
import { concatBytes, fromHex, toHex } from "@/kernel/encoding.ts";
import type { Sign } from "./ports.ts";

/** The DER of a PKCS #8 Ed25519 private key (RFC 8410, section 7) up to the seed. */
const PKCS8_HEAD = fromHex("302e020100300506032b657004220420") ?? new Uint8Array();

/**
 * Signs by WebCrypto with cached keys, some twenty times faster than portable code. Ed25519 is
 * deterministic, so both give the same bytes; without WebCrypto the portable signer serves.
 */
export async function webSign(): Promise<Sign> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  const keys = new Map<string, Promise<CryptoKey>>();
  const keyOf = (seed: Uint8Array): Promise<CryptoKey> => {
    const name = toHex(seed);
    const known = keys.get(name);
    if (known !== undefined) {
      return known;
    }
    const made = subtle.importKey(
      "pkcs8",
      new Uint8Array(concatBytes(PKCS8_HEAD, seed)),
      { name: "Ed25519" },
      false,
      ["sign"],
    );
    keys.set(name, made);
    return made;
  };
  try {
    await keyOf(new Uint8Array(32));
  } catch {
    return exactSign;
  }
  return async (seed, message) =>
    new Uint8Array(await subtle.sign("Ed25519", await keyOf(seed), new Uint8Array(message)));
}
