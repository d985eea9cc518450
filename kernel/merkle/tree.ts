import { sha256 as portableSha256 } from "../crypto/sha256.ts";
import { HASH_LENGTH, nodeHash, type Sha256 } from "./hasher.ts";

/** Leaf hashes in order: one array for each, or all of them end to end. */
export type LeafHashes = readonly Uint8Array[] | Uint8Array;

/** A tree by RFC 6962: an unpaired last node moves up unchanged, which is the RFC's recursive shape. */
export interface MerkleTree {
  /** Leaves, at least one. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The audit path of a leaf, from its sibling upwards (section 2.1.1). Throws outside the tree. */
  inclusionProof(index: number): Uint8Array[];
  /** The proof that the first `oldSize` leaves are this tree's (section 2.1.2), 1 up to the size. */
  consistencyProof(oldSize: number): Uint8Array[];
}

/**
 * Builds a tree that can prove. Each level is one flat array of hashes: a million leaves take 64 MB and
 * no object per node.
 *
 * @throws RangeError on an empty list (the protocol has no empty trees) or a hash of another length.
 */
export function merkleTree(leafHashes: LeafHashes, sha256: Sha256 = portableSha256): MerkleTree {
  const levels = [flatten(leafHashes)];
  for (let level = levels[0]; level !== undefined && level.length > HASH_LENGTH; ) {
    const above = new Uint8Array(Math.ceil(level.length / HASH_LENGTH / 2) * HASH_LENGTH);
    foldLevel(level, above, sha256);
    levels.push(above);
    level = above;
  }
  return new LevelTree(levels);
}

/** The root alone, for trees that need not prove. The same errors as {@link merkleTree}. */
export function merkleRoot(leafHashes: LeafHashes, sha256: Sha256 = portableSha256): Uint8Array {
  let level = flatten(leafHashes);
  while (level.length > HASH_LENGTH) {
    const above = level.subarray(0, Math.ceil(level.length / HASH_LENGTH / 2) * HASH_LENGTH);
    foldLevel(level, above, sha256);
    level = above;
  }
  return level.slice();
}

function flatten(leafHashes: LeafHashes): Uint8Array {
  const whole = leafHashes instanceof Uint8Array;
  const octets = whole ? leafHashes.length : leafHashes.length * HASH_LENGTH;
  if (octets === 0 || octets % HASH_LENGTH !== 0) {
    throw new RangeError("A tree has at least one leaf, and hashes of 32 octets");
  }
  if (whole) {
    return leafHashes.slice();
  }
  const flat = new Uint8Array(octets);
  leafHashes.forEach((hash, index) => {
    if (hash.length !== HASH_LENGTH) {
      throw new RangeError("A leaf hash has 32 octets");
    }
    flat.set(hash, index * HASH_LENGTH);
  });
  return flat;
}

/** Hashes pairs of `below` into `above`, which may be the front of the same memory: writes trail reads. */
function foldLevel(below: Uint8Array, above: Uint8Array, sha256: Sha256): void {
  const pair = 2 * HASH_LENGTH;
  for (let from = 0, to = 0; from < below.length; from += pair, to += HASH_LENGTH) {
    const left = below.subarray(from, from + HASH_LENGTH);
    const right = below.subarray(from + HASH_LENGTH, from + pair);
    above.set(right.length === 0 ? left : nodeHash(left, right, sha256), to);
  }
}

class LevelTree implements MerkleTree {
  readonly size: number;
  readonly root: Uint8Array;
  readonly #levels: readonly Uint8Array[];

  constructor(levels: readonly Uint8Array[]) {
    this.#levels = levels;
    this.size = (levels[0]?.length ?? 0) / HASH_LENGTH;
    this.root = this.#node(levels.length - 1, 0);
  }

  inclusionProof(index: number): Uint8Array[] {
    requireInteger(index, 0, this.size - 1);
    const path: Uint8Array[] = [];
    let position = index;
    this.#levels.forEach((level, height) => {
      const sibling = position % 2 === 0 ? position + 1 : position - 1;
      if (sibling * HASH_LENGTH < level.length) {
        path.push(this.#node(height, sibling));
      }
      position = Math.floor(position / 2);
    });
    return path;
  }

  consistencyProof(oldSize: number): Uint8Array[] {
    requireInteger(oldSize, 1, this.size);
    return this.#subproof(oldSize, 0, this.size, true);
  }

  /** SUBPROOF of RFC 6962 for the leaves from `start` to `end`; `known`: the verifier has that root. */
  #subproof(oldEnd: number, start: number, end: number, known: boolean): Uint8Array[] {
    if (oldEnd === end) {
      return known ? [] : [this.#subtree(start, end)];
    }
    const middle = start + largestPowerOfTwoBelow(end - start);
    return oldEnd <= middle
      ? [...this.#subproof(oldEnd, start, middle, known), this.#subtree(middle, end)]
      : [...this.#subproof(oldEnd, middle, end, false), this.#subtree(start, middle)];
  }

  /** Every range that the recursion meets is one node: its start is a multiple of its height's width. */
  #subtree(start: number, end: number): Uint8Array {
    const height = Math.ceil(Math.log2(end - start));
    return this.#node(height, start / 2 ** height);
  }

  #node(height: number, position: number): Uint8Array {
    const from = position * HASH_LENGTH;
    return this.#levels[height]?.slice(from, from + HASH_LENGTH) ?? new Uint8Array();
  }
}

function largestPowerOfTwoBelow(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}

function requireInteger(value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${value} is not within ${least} to ${most}`);
  }
}
