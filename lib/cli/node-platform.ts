import { createHash, createPublicKey, type KeyObject, randomInt, verify } from "node:crypto";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { SignatureBackend } from "@/kernel/signature.ts";
import type { Platform } from "@/lib/verification/platform.ts";

export interface NodePlatformOptions {
  /** Seed of the referee's sample; drawn at random when absent, so that no file can know it. */
  readonly seed?: number;
  /** Leaves OpenSSL aside: every signature by the exact rule. */
  readonly exactOnly?: boolean;
}

/** Key objects kept at a time; a hostile log may name a new key in every line. */
const KEPT_KEYS = 256;
const PUBLIC_KEY_OCTETS = 32;

/** SHA-256 and Ed25519 by Node's OpenSSL, or by the kernel's own rule where `exactOnly` asks for it. */
export function nodePlatform(options: NodePlatformOptions = {}): Platform {
  const encoder = new TextEncoder();
  const primitives: Primitives = {
    sha256: (message) => new Uint8Array(createHash("sha256").update(message).digest()),
    utf8: (text) => encoder.encode(text),
  };
  const exact = options.exactOnly === true;
  const backend = exact ? { name: "exact", verify: verifySignature } : opensslBackend();
  return { primitives, backend, exact, seed: options.seed ?? randomInt(1, 2 ** 31) };
}

function opensslBackend(): SignatureBackend {
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
  return {
    name: "openssl",
    verify(publicKey, message, signature) {
      const key = keyOf(publicKey);
      return key === null
        ? verifySignature(publicKey, message, signature)
        : verify(null, message, key, signature);
    },
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

/** The streaming hash that ingest takes for whole files. */
export function nodeSha256Stream(): { update(bytes: Uint8Array): void; digestHex(): string } {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digestHex: () => hash.digest("hex"),
  };
}
