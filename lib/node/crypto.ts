import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { VerifyNow } from "@/kernel/capability/model.ts";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";

/** Key objects kept at a time; a hostile log may name a new key in every line. */
const KEPT_KEYS = 256;
const PUBLIC_KEY_OCTETS = 32;

/** SHA-256 by Node's OpenSSL, and UTF-8 by the platform. */
export function nodePrimitives(): Primitives {
  const encoder = new TextEncoder();
  return {
    sha256: (message) => new Uint8Array(createHash("sha256").update(message).digest()),
    utf8: (text) => encoder.encode(text),
  };
}

/** Ed25519 by Node's OpenSSL; a key that it refuses is judged by the kernel's exact rule. */
export function opensslVerify(): VerifyNow {
  const keys = new Map<string, KeyObject | null>();
  const keyOf = (publicKey: Uint8Array): KeyObject | null => {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) {
      return known;
    }
    const made = importKey(publicKey);
    if (keys.size >= KEPT_KEYS) {
      keys.clear();
    }
    keys.set(name, made);
    return made;
  };
  return (publicKey, message, signature) => {
    const key = keyOf(publicKey);
    return key === null
      ? verifySignature(publicKey, message, signature)
      : verify(null, message, key, signature);
  };
}

/** Null where OpenSSL refuses the key: the exact rule then decides. */
function importKey(publicKey: Uint8Array): KeyObject | null {
  if (publicKey.length !== PUBLIC_KEY_OCTETS) {
    return null;
  }
  const x = Buffer.from(publicKey).toString("base64url");
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    return null;
  }
}
