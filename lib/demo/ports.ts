import type { Primitives } from "@/kernel/primitives.ts";

/** Ed25519 (RFC 8032) of a message under a 32-octet seed: 64 octets. */
export type Sign = (seed: Uint8Array, message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** What the generator borrows from the platform: hashing, and a signer that is fast where there is one. */
export interface DemoPorts {
  readonly primitives: Primitives;
  readonly sign: Sign;
}
