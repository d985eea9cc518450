import { Point } from "@noble/ed25519";
import { equalBytes, toHex } from "../encoding.ts";
import { boundedCache } from "./bounded-cache.ts";
import { decodePoint } from "./ed25519.ts";

/** Why a signature under a key proves nothing, the gravest reason first. */
export type KeyWeakness = "not-a-point" | "small-order" | "not-canonical" | "not-prime-order";

const weaknesses = boundedCache<KeyWeakness | null>(1024);

/**
 * What makes an Ed25519 key weak, or null. The protocol's equation accepts such keys, and the adversary
 * chooses the key:
 *
 * - `small-order`: one signature fits every message, or every eighth.
 * - `not-canonical`: another spelling of a key, so that one signer has two names.
 * - `not-prime-order`: a part of small order, so that verifiers which multiply by the cofactor disagree
 *   with those which do not.
 * - `not-a-point`: not 32 octets, or no point of the curve; no signature holds under it.
 */
export function weakness(publicKey: Uint8Array): KeyWeakness | null {
  return weaknesses(toHex(publicKey), () => judge(publicKey));
}

export function isWeakKey(publicKey: Uint8Array): boolean {
  return weakness(publicKey) !== null;
}

function judge(publicKey: Uint8Array): KeyWeakness | null {
  const point = decodePoint(publicKey);
  if (point === null) {
    return "not-a-point";
  }
  if (point.isSmallOrder()) {
    return "small-order";
  }
  if (!equalBytes(canonicalEncoding(point), publicKey)) {
    return "not-canonical";
  }
  return point.isTorsionFree() ? null : "not-prime-order";
}

/** Through an addition, because a freshly decoded point keeps an unreduced y. */
function canonicalEncoding(point: Point): Uint8Array {
  return point.add(Point.ZERO).toBytes();
}
