import { nodeHash } from "@/kernel/merkle/hasher.ts";
import type { Primitives } from "@/kernel/primitives.ts";

/** The RFC 6962 root of a growing list of leaf hashes, from its few complete subtrees. */
export interface ChainRoot {
  /** Adds a leaf hash and gives the root over all so far. */
  append(leaf: Uint8Array): Uint8Array;
}

export function chainRoot(sha256: Primitives["sha256"]): ChainRoot {
  const peaks: { readonly size: number; readonly hash: Uint8Array }[] = [];
  return {
    append(leaf) {
      let peak = { size: 1, hash: leaf };
      for (let left = peaks.at(-1); left?.size === peak.size; left = peaks.at(-1)) {
        peaks.pop();
        peak = { size: left.size * 2, hash: nodeHash(left.hash, peak.hash, sha256) };
      }
      peaks.push(peak);
      return peaks.reduceRight(
        (right, left, index) =>
          index === peaks.length - 1 ? right : nodeHash(left.hash, right, sha256),
        peak.hash,
      );
    },
  };
}
