import { getPublicKey, hashes, sign as nobleSign, Point } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, equalBytes, toHex } from "../encoding.ts";
import { boundedCache } from "./bounded-cache.ts";
import { VerifyingKey } from "./verifying-key.ts";

hashes.sha512 = sha512;

/** The order of the base point: L of RFC 8032. */
const GROUP_ORDER = Point.CURVE().n;

/** Decoded keys by their octets; null where the octets are no point. */
const verifyingKeys = boundedCache<VerifyingKey | null>(1024);

/**
 * Whether an Ed25519 signature holds under the protocol's exact rule, which is that of the reference's
 * library, of OpenSSL and of WebCrypto: S below the group order; the cofactorless equation; R recomputed
 * as [S]B - [k]A and compared as octets, so that an R encoded in another way fails. Keys are decoded
 * tolerantly (small order, y not below p, x = 0 with the sign set): whether a key deserves trust is the
 * separate question of {@link ./weak-key.ts}.
 *
 * The library's own `verify` is not used in either mode: both multiply by the cofactor, so a signer who
 * adds a point of small order to R could make a signature that one verifier accepts and another refuses.
 *
 * False, and never a throw, for octets of any other length.
 */
export function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) {
    return false;
  }
  const s = littleEndian(signature.subarray(32));
  if (s >= GROUP_ORDER) {
    return false;
  }
  const key = verifyingKeys(toHex(publicKey), () => verifyingKey(publicKey));
  if (key === null) {
    return false;
  }
  const r = signature.subarray(0, 32);
  const k = littleEndian(sha512(concatBytes(r, publicKey, message))) % GROUP_ORDER;
  const recomputed = Point.BASE.multiply(s, false).add(key.negatedMultiple(k));
  return equalBytes(recomputed.toBytes(), r);
}

function verifyingKey(publicKey: Uint8Array): VerifyingKey | null {
  const point = decodePoint(publicKey);
  return point === null ? null : new VerifyingKey(point);
}

/** The point that 32 octets stand for, decoded as tolerantly as the protocol does; null for none. */
export function decodePoint(encoded: Uint8Array): Point | null {
  try {
    return Point.fromBytes(encoded, true);
  } catch {
    return null;
  }
}

/** A signature of 64 octets (RFC 8032) under a seed of 32 octets. */
export function sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return nobleSign(message, seed);
}

/** The public key of a seed of 32 octets. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return getPublicKey(seed);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.toReversed())}`);
}
