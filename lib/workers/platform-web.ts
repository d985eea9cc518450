import { createSHA256 } from "hash-wasm";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { SignatureBackend } from "@/kernel/signature.ts";
import type { Platform } from "@/lib/verification/platform.ts";

export interface WebPlatformOptions {
  /** Seed of the referee's sample; drawn at random when absent, so that no file can know it. */
  readonly seed?: number;
  /** Leaves WebCrypto aside: every signature by the exact rule. */
  readonly exactOnly?: boolean;
}

/** Imported keys kept at a time; a hostile log may name a new key in every line. */
const KEPT_KEYS = 256;

/** Texts up to a third of this are encoded into memory that is kept. */
const SCRATCH_BYTES = 64 * 1024;
const SIGNATURE_BYTES = 64;
/** At most, for a UTF-16 code unit. */
const UTF8_BYTES_OF_A_UNIT = 3;

/**
 * The fast primitives of a browser's worker, which are also those of Node 20: SHA-256 in WebAssembly
 * (synchronous, unlike `subtle.digest`), the platform's UTF-8 encoder, and WebCrypto's Ed25519. Where
 * WebCrypto or its Ed25519 is absent, the kernel's exact rule verifies everything and `exact` says so.
 */
export async function webPlatform(options: WebPlatformOptions = {}): Promise<Platform> {
  const hasher = await createSHA256();
  const encoder = new TextEncoder();
  const scratch = new Uint8Array(SCRATCH_BYTES);
  /** Valid until the next call. */
  const passingUtf8 = (text: string) =>
    text.length * UTF8_BYTES_OF_A_UNIT > SCRATCH_BYTES
      ? encoder.encode(text)
      : scratch.subarray(0, encoder.encodeInto(text, scratch).written);
  const sha256 = (message: Uint8Array) => hasher.init().update(message).digest("binary");
  const primitives: Primitives = {
    sha256,
    // A copy of the scratch takes half the time of `encode`, which asks the browser for memory.
    utf8: (text) => passingUtf8(text).slice(),
    encodeInto: (text, target) => encoder.encodeInto(text, target).written,
    sha256Text: (text) => sha256(passingUtf8(text)),
  };
  const seed = options.seed ?? randomSeed();
  if (options.exactOnly !== true && (await hasWebCryptoEd25519())) {
    return { primitives, backend: webCryptoBackend(), exact: false, seed };
  }
  return { primitives, backend: exactBackend(), exact: true, seed };
}

/** The kernel's own rule as a back end: slow, and right by definition. */
function exactBackend(): SignatureBackend {
  return { name: "exact", verify: verifySignature };
}

function webCryptoBackend(): SignatureBackend {
  const keys = new Map<string, CryptoKey | null>();
  /** The octets of a key that was parsed once are one array: it need not be spelled out each time. */
  const byArray = new WeakMap<Uint8Array, CryptoKey | null>();
  const verified = new Uint8Array(SCRATCH_BYTES);
  const signed = new Uint8Array(SIGNATURE_BYTES);

  async function importedKey(publicKey: Uint8Array): Promise<CryptoKey | null> {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) {
      byArray.set(publicKey, known);
      return known;
    }
    const imported = await importKey(publicKey);
    byArray.set(publicKey, imported);
    if (keys.size >= KEPT_KEYS) {
      const oldest = keys.keys().next();
      if (oldest.done === false) {
        keys.delete(oldest.value);
      }
    }
    keys.set(name, imported);
    return imported;
  }

  return {
    name: "webcrypto",
    async verify(publicKey, message, signature) {
      const known = byArray.get(publicKey);
      const key = known === undefined ? await importedKey(publicKey) : known;
      if (key === null) {
        return verifySignature(publicKey, message, signature);
      }
      try {
        return await crypto.subtle.verify(
          "Ed25519",
          key,
          passing(signature, signed),
          passing(message, verified),
        );
      } catch {
        return verifySignature(publicKey, message, signature);
      }
    },
  };
}

/**
 * The octets in memory that is kept, valid until the next call: WebCrypto copies what it is given before it
 * returns its promise. A small array of the engine's own heap would get a buffer of its own when handed
 * over, and a buffer for every receipt costs the collector more than this copy.
 */
function passing(bytes: Uint8Array, kept: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length > kept.length) {
    return unshared(bytes);
  }
  kept.set(bytes);
  return kept.subarray(0, bytes.length);
}

/** Null where the platform refuses the key: the exact rule then decides, as for every other platform. */
async function importKey(publicKey: Uint8Array): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey("raw", unshared(publicKey), "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/** WebCrypto takes no view of shared memory, and the type system wants to see that there is none. */
function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return isUnshared(bytes) ? bytes : new Uint8Array(bytes);
}

/** Where nothing can be shared, the buffer is not asked for: small arrays get one only when it is. */
function isUnshared(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return typeof SharedArrayBuffer === "undefined" || bytes.buffer instanceof ArrayBuffer;
}

/** `crypto.subtle` is absent outside secure contexts, and Ed25519 in older browsers. */
async function hasWebCryptoEd25519(): Promise<boolean> {
  if (typeof crypto === "undefined" || crypto.subtle === undefined) {
    return false;
  }
  // The point with y = 3 is on the curve: any valid encoding tells whether the algorithm is known.
  const probe = new Uint8Array(32);
  probe[0] = 3;
  return (await importKey(probe)) !== null;
}

function randomSeed(): number {
  const [seed = 1] = crypto.getRandomValues(new Uint32Array(1));
  return seed;
}
