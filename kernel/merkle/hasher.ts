import { sha256 as portableSha256 } from "../crypto/sha256.ts";
import type { Primitives } from "../primitives.ts";
import { hashText } from "../texts.ts";

export type Sha256 = Primitives["sha256"];

/** Octets of a hash. */
export const HASH_LENGTH = 32;

const LEAF = 0;
const NODE = 1;

/** The hash of a leaf: SHA-256(00 || leaf), RFC 6962, section 2.1. `leaf` is the leaf's content. */
export function leafHash(leaf: Uint8Array, sha256: Sha256 = portableSha256): Uint8Array {
  const message = new Uint8Array(1 + leaf.length);
  message[0] = LEAF;
  message.set(leaf, 1);
  return sha256(message);
}

/** The same for a leaf that is a text: U+0000 is the octet 00 in UTF-8. */
export function textLeafHash(leaf: string, primitives: Primitives): Uint8Array {
  return hashText(`\u0000${leaf}`, primitives);
}

/**
 * The hash of an inner node: SHA-256(01 || left || right), RFC 6962, section 2.1. The first octet keeps
 * an adversary from passing an inner node off as a leaf.
 */
export function nodeHash(
  left: Uint8Array,
  right: Uint8Array,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  const message = new Uint8Array(1 + 2 * HASH_LENGTH);
  message[0] = NODE;
  message.set(left, 1);
  message.set(right, 1 + HASH_LENGTH);
  return sha256(message);
}
