import { sha256 as portableSha256 } from "../crypto/sha256.ts";
import { equalBytes, toHex } from "../encoding.ts";
import { err, ok, type Result } from "../result.ts";
import { HASH_LENGTH, nodeHash, type Sha256 } from "./hasher.ts";

export interface InclusionProof {
  /** The leaf's hash, not its content. */
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

export type InclusionProblem =
  | "empty-tree"
  | "index-outside-tree"
  | "hash-length"
  | "path-too-short"
  | "path-too-long";

/**
 * The root that an audit path leads to (RFC 9162, section 2.1.3.2). Only the caller can say whether that
 * is the right root: it returns what was computed, so that both sides can be shown.
 */
export function rootFromInclusionProof(
  proof: InclusionProof,
  sha256: Sha256 = portableSha256,
): Result<Uint8Array, InclusionProblem> {
  const { leaf, index, size, path } = proof;
  if (size < 1 || !Number.isSafeInteger(size)) {
    return err("empty-tree");
  }
  if (index < 0 || index >= size || !Number.isSafeInteger(index)) {
    return err("index-outside-tree");
  }
  if ([leaf, ...path].some((hash) => hash.length !== HASH_LENGTH)) {
    return err("hash-length");
  }
  let hash = leaf;
  let used = 0;
  for (
    let at = index, width = size;
    width > 1;
    at = Math.floor(at / 2), width = Math.ceil(width / 2)
  ) {
    if (at % 2 === 0 && at + 1 === width) {
      continue;
    }
    const sibling = path[used];
    if (sibling === undefined) {
      return err("path-too-short");
    }
    used += 1;
    hash = at % 2 === 1 ? nodeHash(sibling, hash, sha256) : nodeHash(hash, sibling, sha256);
  }
  return used === path.length ? ok(hash) : err("path-too-long");
}

export interface ConsistencyProof {
  readonly oldSize: number;
  readonly newSize: number;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** What does not hold, with both sides as text: sizes or lengths in decimal, roots in hexadecimal. */
export interface ConsistencyProblem {
  readonly kind: "sizes" | "hash-length" | "path-length" | "old-root" | "new-root";
  readonly expected: string;
  readonly actual: string;
}

/**
 * Whether the new tree begins with the old tree's leaves (RFC 9162, section 2.1.4.2): both roots are
 * recomputed from one path, so that a log which rewrote its past cannot find a path for both.
 */
export function verifyConsistency(
  proof: ConsistencyProof,
  sha256: Sha256 = portableSha256,
): Result<void, ConsistencyProblem> {
  const { oldSize, newSize, oldRoot, newRoot, path } = proof;
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(newSize) || oldSize < 1) {
    return problem("sizes", "whole numbers from 1", `${oldSize} and ${newSize}`);
  }
  if (oldSize > newSize) {
    return problem("sizes", `at most ${newSize}`, String(oldSize));
  }
  const odd = [oldRoot, newRoot, ...path].find((hash) => hash.length !== HASH_LENGTH);
  if (odd !== undefined) {
    return problem("hash-length", String(HASH_LENGTH), String(odd.length));
  }
  if (oldSize === newSize) {
    if (path.length > 0) {
      return problem("path-length", "0", String(path.length));
    }
    return equalBytes(oldRoot, newRoot)
      ? ok(undefined)
      : problem("new-root", toHex(oldRoot), toHex(newRoot));
  }
  const { first, steps } = plan(oldSize, newSize);
  const whole = first ? [oldRoot, ...path] : path;
  const expectedLength = steps.length + (first ? 0 : 1);
  if (path.length !== expectedLength) {
    return problem("path-length", String(expectedLength), String(path.length));
  }
  let oldHash = whole[0] ?? oldRoot;
  let newHash = oldHash;
  steps.forEach((side, index) => {
    const sibling = whole[index + 1] ?? oldRoot;
    if (side === "left") {
      oldHash = nodeHash(sibling, oldHash, sha256);
      newHash = nodeHash(sibling, newHash, sha256);
    } else {
      newHash = nodeHash(newHash, sibling, sha256);
    }
  });
  if (!equalBytes(oldHash, oldRoot)) {
    return problem("old-root", toHex(oldRoot), toHex(oldHash));
  }
  return equalBytes(newHash, newRoot)
    ? ok(undefined)
    : problem("new-root", toHex(newRoot), toHex(newHash));
}

/**
 * The walk up the new tree from the last complete subtree of the old one: on which side each element of
 * the path lies, and whether the walk starts at the old root itself, which the path then leaves out
 * (the old size is a power of two).
 */
function plan(oldSize: number, newSize: number): { first: boolean; steps: ("left" | "right")[] } {
  let position = oldSize - 1;
  let last = newSize - 1;
  while (position % 2 === 1) {
    position = (position - 1) / 2;
    last = Math.floor(last / 2);
  }
  const first = position === 0;
  const steps: ("left" | "right")[] = [];
  while (last > 0) {
    if (position % 2 === 1 || position === last) {
      steps.push("left");
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      steps.push("right");
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return { first, steps };
}

function problem(
  kind: ConsistencyProblem["kind"],
  expected: string,
  actual: string,
): Result<never, ConsistencyProblem> {
  return err({ kind, expected, actual });
}
