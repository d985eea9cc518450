import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../crypto/sha256.ts";
import { concatBytes, fromHex, toHex, utf8 } from "../encoding.ts";
import { readVector, vectorsDirectory } from "../testing/vectors.ts";
import { leafHash, nodeHash } from "./hasher.ts";
import { rootFromInclusionProof, verifyConsistency } from "./proof.ts";
import { merkleRoot, merkleTree } from "./tree.ts";

const leavesOf = (size: number) =>
  Array.from({ length: size }, (_, index) => leafHash(utf8(`entry ${index}`)));

/** MTH of RFC 6962, section 2.1, word for word: slow, and the reference for everything here. */
function recursiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only !== undefined && leaves.length === 1) {
    return only;
  }
  let split = 1;
  while (split * 2 < leaves.length) {
    split *= 2;
  }
  return sha256(
    concatBytes(
      Uint8Array.of(1),
      recursiveRoot(leaves.slice(0, split)),
      recursiveRoot(leaves.slice(split)),
    ),
  );
}

const flipped = (hash: Uint8Array) => hash.map((octet, index) => (index === 7 ? octet ^ 1 : octet));
const size = fc.integer({ min: 1, max: 70 });

describe("trees", () => {
  it("equal the recursive definition", () => {
    fc.assert(
      fc.property(size, (count) => {
        const leaves = leavesOf(count);
        const expected = toHex(recursiveRoot(leaves));
        expect(toHex(merkleRoot(leaves))).toBe(expected);
        expect(toHex(merkleRoot(concatBytes(...leaves)))).toBe(expected);
        expect(toHex(merkleTree(leaves).root)).toBe(expected);
      }),
    );
  });

  it("leave the given hashes as they were", () => {
    const flat = concatBytes(...leavesOf(5));
    const before = toHex(flat);
    merkleRoot(flat);
    merkleTree(flat);
    expect(toHex(flat)).toBe(before);
  });

  it("refuse to be empty, and hashes of another length", () => {
    for (const wrong of [[], new Uint8Array(), new Uint8Array(33), [new Uint8Array(31)]]) {
      expect(() => merkleRoot(wrong)).toThrow(RangeError);
      expect(() => merkleTree(wrong)).toThrow(RangeError);
    }
    expect(() => merkleTree(leavesOf(3)).inclusionProof(3)).toThrow(RangeError);
    expect(() => merkleTree(leavesOf(3)).consistencyProof(0)).toThrow(RangeError);
  });
});

describe("inclusion", () => {
  const proofCase = size.chain((count) =>
    fc.record({ count: fc.constant(count), index: fc.integer({ min: 0, max: count - 1 }) }),
  );

  it("leads every leaf to the root, and no other leaf, place or path", () => {
    fc.assert(
      fc.property(proofCase, fc.nat(), ({ count, index }, pick) => {
        const leaves = leavesOf(count);
        const tree = merkleTree(leaves);
        const path = tree.inclusionProof(index);
        const leaf = leaves[index] ?? new Uint8Array();
        const rootOf = (change: object) => {
          const root = rootFromInclusionProof({ leaf, index, size: count, path, ...change });
          return root.ok ? toHex(root.value) : root.error;
        };
        const root = toHex(tree.root);
        expect(rootOf({})).toBe(root);
        expect(rootOf({ leaf: flipped(leaf) })).not.toBe(root);
        expect(rootOf({ path: [...path, leaf] })).toBe("path-too-long");
        expect(rootOf({ index: count })).toBe("index-outside-tree");
        if (path.length > 0) {
          const at = pick % path.length;
          const bent = path.map((hash, step) => (step === at ? flipped(hash) : hash));
          expect(rootOf({ path: bent })).not.toBe(root);
          expect(rootOf({ path: path.slice(1) })).toBe("path-too-short");
          expect(rootOf({ index: (index + 1) % count })).not.toBe(root);
        }
      }),
    );
  });

  it("says why a proof cannot be walked", () => {
    const leaf = leafHash(utf8("x"));
    const problemOf = (change: object) =>
      rootFromInclusionProof({ leaf, index: 0, size: 1, path: [], ...change });
    expect(problemOf({ size: 0 })).toStrictEqual({ ok: false, error: "empty-tree" });
    expect(problemOf({ size: 1.5 })).toStrictEqual({ ok: false, error: "empty-tree" });
    expect(problemOf({ index: -1 })).toStrictEqual({ ok: false, error: "index-outside-tree" });
    expect(problemOf({ leaf: new Uint8Array(31) })).toStrictEqual({
      ok: false,
      error: "hash-length",
    });
  });
});

describe("consistency", () => {
  const sizes = size.chain((newSize) =>
    fc.record({ newSize: fc.constant(newSize), oldSize: fc.integer({ min: 1, max: newSize }) }),
  );

  it("holds between every two states, and for no altered root, size or path", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ oldSize, newSize }, pick) => {
        const leaves = leavesOf(newSize);
        const tree = merkleTree(leaves);
        const path = tree.consistencyProof(oldSize);
        const proof = {
          oldSize,
          newSize,
          oldRoot: merkleRoot(leaves.slice(0, oldSize)),
          newRoot: tree.root,
          path,
        };
        const kindOf = (change: object) => {
          const outcome = verifyConsistency({ ...proof, ...change });
          return outcome.ok ? "holds" : outcome.error.kind;
        };
        expect(kindOf({})).toBe("holds");
        expect(kindOf({ newRoot: flipped(proof.newRoot) })).toBe("new-root");
        expect(kindOf({ oldRoot: flipped(proof.oldRoot) })).not.toBe("holds");
        expect(kindOf({ path: [...path, proof.oldRoot] })).toBe("path-length");
        expect(kindOf({ oldSize: 0 })).toBe("sizes");
        expect(kindOf({ oldSize: newSize + 1 })).toBe("sizes");
        expect(kindOf({ oldRoot: new Uint8Array(31) })).toBe("hash-length");
        if (path.length > 0) {
          const at = pick % path.length;
          const bent = path.map((hash, step) => (step === at ? flipped(hash) : hash));
          expect(kindOf({ path: bent })).not.toBe("holds");
          expect(kindOf({ path: path.slice(1) })).toBe("path-length");
        }
      }),
    );
  });

  it("shows both roots", () => {
    const tree = merkleTree(leavesOf(6));
    const oldRoot = merkleRoot(leavesOf(4));
    const wrong = flipped(tree.root);
    const path = tree.consistencyProof(4);
    expect(
      verifyConsistency({ oldSize: 4, newSize: 6, oldRoot, newRoot: wrong, path }),
    ).toStrictEqual({
      ok: false,
      error: { kind: "new-root", expected: toHex(wrong), actual: toHex(tree.root) },
    });
  });
});

interface KnownTree {
  leaves: string[];
  root: string;
  proofs: { tree_size: number; leaf_index: number; audit_path: string[] }[];
  consistency_from: { from: number; from_root: string; path: string[] }[];
}
interface KnownAnswers {
  node_hash_kat: { left: string; right: string; expected: string };
  cases: KnownTree[];
}

describe.skipIf(vectorsDirectory() === null)("known answers", () => {
  const bytes = (text: string) => fromHex(text.replace(/^0x/, "")) ?? new Uint8Array();
  const vectors = (): KnownAnswers => JSON.parse(readVector("merkle/known-answers.json"));

  it("node hash", () => {
    const { left, right, expected } = vectors().node_hash_kat;
    expect(toHex(nodeHash(bytes(left), bytes(right)))).toBe(expected);
  });

  it("roots, inclusion and consistency proofs", () => {
    let inclusion = 0;
    let consistency = 0;
    for (const known of vectors().cases) {
      const leaves = known.leaves.map((leaf) => leafHash(utf8(leaf)));
      const tree = merkleTree(leaves);
      expect(`0x${toHex(tree.root)}`).toBe(known.root);
      for (const proof of known.proofs) {
        const path = proof.audit_path.map(bytes);
        const index = proof.leaf_index;
        const leaf = leaves[index] ?? new Uint8Array();
        expect(tree.inclusionProof(index).map(toHex)).toStrictEqual(path.map(toHex));
        const root = rootFromInclusionProof({ leaf, index, size: proof.tree_size, path });
        expect(root.ok && `0x${toHex(root.value)}`).toBe(known.root);
        inclusion += 1;
      }
      for (const { from, from_root, path } of known.consistency_from) {
        expect(tree.consistencyProof(from).map((hash) => `0x${toHex(hash)}`)).toStrictEqual(path);
        expect(
          verifyConsistency({
            oldSize: from,
            newSize: tree.size,
            oldRoot: bytes(from_root),
            newRoot: tree.root,
            path: path.map(bytes),
          }),
        ).toStrictEqual({ ok: true, value: undefined });
        consistency += 1;
      }
    }
    expect({ inclusion, consistency }).toStrictEqual({ inclusion: 153, consistency: 136 });
  });
});
