import { publicKeyOf } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";

/** A key that anyone can sign with, because its seed is the hash of its own name. */
export interface DemoKey {
  readonly name: string;
  readonly seed: Uint8Array;
  /** 64 lowercase hex digits. */
  readonly key: string;
}

const made = new Map<string, DemoKey>();

/** The demo key of that name: seed = SHA-256 of `chio explorer demo key: NAME`. */
export function demoKey(name: string): DemoKey {
  const known = made.get(name);
  if (known !== undefined) {
    return known;
  }
  const seed = sha256(utf8(`chio explorer demo key: ${name}`));
  const key: DemoKey = { name, seed, key: toHex(publicKeyOf(seed)) };
  made.set(name, key);
  return key;
}
