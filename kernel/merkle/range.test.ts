import { describe, expect, it } from "vitest";
import { utf8 } from "../encoding.ts";
import { leafHash } from "./hasher.ts";
import { MerkleRange } from "./range.ts";
import { merkleRoot } from "./tree.ts";

describe("a compact range", () => {
  it("has no root before its first leaf", () => {
    expect(new MerkleRange().root()).toBeNull();
  });

  it("has the whole tree's root after every leaf", () => {
    const range = new MerkleRange();
    const leaves: Uint8Array[] = [];
    for (let index = 0; index < 70; index += 1) {
      const leaf = leafHash(utf8(`leaf-${index}`));
      leaves.push(leaf);
      range.append(leaf);
      expect(range.root()).toEqual(merkleRoot(leaves));
    }
    expect(range.size).toBe(70);
  });
});
