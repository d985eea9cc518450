import { describe, expect, it } from "vitest";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { utf8 } from "@/kernel/encoding.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import { ChainTree } from "./chain-tree.ts";

describe("the tree over a chain of checkpoints", () => {
  it("proves in every prefix what that prefix's own tree proves", () => {
    const tree = new ChainTree(sha256);
    const leaves: Uint8Array[] = [];
    for (let count = 1; count <= 37; count += 1) {
      leaves.push(leafHash(utf8(`checkpoint ${count}`)));
      tree.append(leaves.at(-1) ?? new Uint8Array());
    }
    for (let size = 1; size <= leaves.length; size += 1) {
      const whole = merkleTree(leaves.slice(0, size));
      expect(tree.root(size)).toEqual(whole.root);
      for (let index = 0; index < size; index += 1) {
        expect(tree.inclusionProof(index, size)).toEqual(whole.inclusionProof(index));
        expect(tree.consistencyProof(index + 1, size)).toEqual(whole.consistencyProof(index + 1));
      }
    }
  });

  it("refuses sizes, leaves and prefixes that it does not have", () => {
    const tree = new ChainTree(sha256);
    expect(() => tree.root(1)).toThrow(RangeError);
    tree.append(leafHash(utf8("a")));
    tree.append(leafHash(utf8("b")));
    for (const size of [0, 3, 1.5]) {
      expect(() => tree.root(size)).toThrow(RangeError);
      expect(() => tree.inclusionProof(0, size)).toThrow(RangeError);
      expect(() => tree.consistencyProof(1, size)).toThrow(RangeError);
    }
    expect(() => tree.inclusionProof(2, 2)).toThrow(RangeError);
    expect(() => tree.inclusionProof(-1, 2)).toThrow(RangeError);
    expect(() => tree.consistencyProof(0, 2)).toThrow(RangeError);
    expect(() => tree.consistencyProof(3, 2)).toThrow(RangeError);
    expect(() => tree.append(new Uint8Array(31))).toThrow(RangeError);
  });
});
