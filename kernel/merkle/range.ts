import { sha256 as portableSha256 } from "../crypto/sha256.ts";
import type { Primitives } from "../primitives.ts";
import { nodeHash } from "./hasher.ts";

/**
 * The root of a growing tree, without keeping its leaves: only the roots of its complete subtrees, at most
 * one a level (the compact range of transparency logs). Appending and asking cost O(log n) hashes.
 */
export class MerkleRange {
  readonly #peaks: { readonly size: number; readonly hash: Uint8Array }[] = [];
  readonly #sha256: Primitives["sha256"];
  size = 0;

  constructor(sha256: Primitives["sha256"] = portableSha256) {
    this.#sha256 = sha256;
  }

  /** Appends a leaf's hash (32 octets). */
  append(leafHash: Uint8Array): void {
    let peak = { size: 1, hash: leafHash };
    for (let last = this.#peaks.at(-1); last?.size === peak.size; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { size: 2 * peak.size, hash: nodeHash(last.hash, peak.hash, this.#sha256) };
    }
    this.#peaks.push(peak);
    this.size += 1;
  }

  /** The root over all leaves so far (RFC 6962, section 2.1); null of no leaves. */
  root(): Uint8Array | null {
    let hash: Uint8Array | null = null;
    for (const peak of this.#peaks.toReversed()) {
      hash = hash === null ? peak.hash : nodeHash(peak.hash, hash, this.#sha256);
    }
    return hash;
  }
}
