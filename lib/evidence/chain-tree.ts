import { HASH_LENGTH, nodeHash, type Sha256 } from "@/kernel/merkle/hasher.ts";

/**
 * The tree over the chain of checkpoints, which proves in every prefix of itself. A prefix shares all its
 * complete subtrees with the whole, so a proof costs O(log² n) hashes and no tree is built twice.
 */
export class ChainTree {
  readonly #sha256: Sha256;
  /** Level 0 holds the leaves; an entry above stands for two below, complete subtrees only. */
  readonly #levels: Uint8Array[][] = [[]];

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  get size(): number {
    return this.#levels[0]?.length ?? 0;
  }

  append(leafHash: Uint8Array): void {
    if (leafHash.length !== HASH_LENGTH) {
      throw new RangeError("a leaf hash has 32 octets");
    }
    let hash = leafHash;
    for (let height = 0; ; height += 1) {
      const level = this.#levels[height] ?? [];
      this.#levels[height] = level;
      level.push(hash);
      const left = level.at(-2);
      if (level.length % 2 === 1 || left === undefined) {
        return;
      }
      hash = nodeHash(left, hash, this.#sha256);
    }
  }

  /** The root of the first `size` leaves (RFC 6962, section 2.1). */
  root(size: number): Uint8Array {
    return this.#subtree(0, this.#within(size));
  }

  /** The audit path of a leaf in the tree of the first `size` leaves, from its sibling upwards (2.1.1). */
  inclusionProof(index: number, size: number): Uint8Array[] {
    if (!Number.isInteger(index) || index < 0 || index >= this.#within(size)) {
      throw new RangeError(`no leaf ${index} among ${size}`);
    }
    const path: Uint8Array[] = [];
    for (let start = 0, end = size; end - start > 1; ) {
      const middle = start + largestPowerOfTwoBelow(end - start);
      if (index < middle) {
        path.push(this.#subtree(middle, end));
        end = middle;
      } else {
        path.push(this.#subtree(start, middle));
        start = middle;
      }
    }
    return path.reverse();
  }

  /** The proof that the first `oldSize` leaves begin the tree of the first `size` (2.1.2). */
  consistencyProof(oldSize: number, size: number): Uint8Array[] {
    if (!Number.isInteger(oldSize) || oldSize < 1 || oldSize > this.#within(size)) {
      throw new RangeError(`no prefix of ${oldSize} in ${size}`);
    }
    const path: Uint8Array[] = [];
    let known = true;
    let start = 0;
    let end = size;
    while (oldSize !== end) {
      const middle = start + largestPowerOfTwoBelow(end - start);
      if (oldSize <= middle) {
        path.push(this.#subtree(middle, end));
        end = middle;
      } else {
        path.push(this.#subtree(start, middle));
        start = middle;
        known = false;
      }
    }
    return [...(known ? [] : [this.#subtree(start, end)]), ...path.reverse()];
  }

  /** Splits as the RFC does, until a subtree is complete and aligned: that one is kept. */
  #subtree(start: number, end: number): Uint8Array {
    const width = end - start;
    const height = Math.log2(width);
    if (Number.isInteger(height)) {
      return this.#levels[height]?.[start / width] ?? new Uint8Array();
    }
    const middle = start + largestPowerOfTwoBelow(width);
    return nodeHash(this.#subtree(start, middle), this.#subtree(middle, end), this.#sha256);
  }

  #within(size: number): number {
    if (!Number.isInteger(size) || size < 1 || size > this.size) {
      throw new RangeError(`${size} is not within 1 to ${this.size}`);
    }
    return size;
  }
}

function largestPowerOfTwoBelow(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}
