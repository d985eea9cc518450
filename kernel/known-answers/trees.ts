import { equalBytes, fromHex } from "../encoding.ts";
import { leafHash, nodeHash, type Sha256 } from "../merkle/hasher.ts";
import { rootFromInclusionProof, verifyConsistency } from "../merkle/proof.ts";
import { merkleRoot } from "../merkle/tree.ts";
import type { Primitives } from "../primitives.ts";
import { accept, type KnownAnswer, refuse } from "./answer.ts";

/** The tree over the leaves "known answer 0" to "known answer 6", and over the first three of them. */
const ROOT_OF_7 = octets("54bbb931553335c3b7253fb28479f895af6c424297aa8aeb415a1cdfecdaeed5");
const ROOT_OF_3 = octets("a0f9c589f8b1fe9f37448752df1d7a3b6b7590e8828317ce32834f713c83b81c");

const PATH_OF_5 = [
  octets("08a22b0ff1748ca4511e68b3215b37cfad2018b7a807e1eb0bf88f989f7e0bc6"),
  octets("302c2b26af3a3ea6a1195857cc672582e1ac27253e959b3073e014c397a60df7"),
  octets("bde7621f4ddb878e4813881fcea2c0ef1604f9ba7a19452f36a4aa5762ccd851"),
];
const FROM_3_TO_7 = [
  octets("38dddb3a925f23d712b29e5d33aefce3210d8eef7fb949ba52caca4b398afe3e"),
  octets("558087077d0074700446d64967136e93bad259ed00c9634163dcb53d025a1c08"),
  octets("6c008dda51824bf29ba8528614307dfab3764cd3dc46106fe8a1df9274afda07"),
  octets("0bc6eee2bc27df1347359454b6fb5703c8e7fa58f1241a3652df22bf7ed84c7e"),
];

function octets(hex: string): Uint8Array {
  return fromHex(hex) ?? new Uint8Array();
}

function bent(hash: Uint8Array): Uint8Array {
  return hash.map((octet, index) => (index === 31 ? octet ^ 1 : octet));
}

function leaf({ sha256, utf8 }: Primitives, index: number): Uint8Array {
  return leafHash(utf8(`known answer ${index}`), sha256);
}

interface Inclusion {
  readonly leaf: number;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  readonly root: Uint8Array;
}

function included(primitives: Primitives, change: Partial<Inclusion>): boolean {
  const proof = { leaf: 5, index: 5, path: PATH_OF_5, root: ROOT_OF_7, ...change };
  const computed = rootFromInclusionProof(
    { leaf: leaf(primitives, proof.leaf), index: proof.index, size: 7, path: proof.path },
    primitives.sha256,
  );
  return computed.ok && equalBytes(computed.value, proof.root);
}

function consistent(sha256: Sha256, oldRoot: Uint8Array, path: readonly Uint8Array[]): boolean {
  const proof = { oldSize: 3, newSize: 7, oldRoot, newRoot: ROOT_OF_7, path };
  return verifyConsistency(proof, sha256).ok;
}

/** Trees shaped as RFC 6962 says, and proofs in them. Made for this list. */
export const TREE_ANSWERS: readonly KnownAnswer[] = [
  accept("merkle-root", (primitives) => {
    const leaves = Array.from({ length: 7 }, (_, index) => leaf(primitives, index));
    return equalBytes(merkleRoot(leaves, primitives.sha256), ROOT_OF_7);
  }),
  accept("merkle-inclusion", (primitives) => included(primitives, {})),
  refuse("merkle-inclusion-wrong-leaf", (primitives) => included(primitives, { leaf: 4 })),
  refuse("merkle-inclusion-wrong-place", (primitives) => included(primitives, { index: 4 })),
  refuse("merkle-inclusion-wrong-path", (primitives) =>
    included(primitives, { path: PATH_OF_5.toReversed() }),
  ),
  refuse("merkle-inclusion-long-path", (primitives) =>
    included(primitives, { path: [...PATH_OF_5, ROOT_OF_7] }),
  ),
  refuse("merkle-inclusion-wrong-root", (primitives) =>
    included(primitives, { root: bent(ROOT_OF_7) }),
  ),
  refuse("merkle-node-as-leaf", ({ sha256 }) => {
    const pair = new Uint8Array([...ROOT_OF_3, ...ROOT_OF_7]);
    return equalBytes(leafHash(pair, sha256), nodeHash(ROOT_OF_3, ROOT_OF_7, sha256));
  }),
  accept("merkle-consistency", ({ sha256 }) => consistent(sha256, ROOT_OF_3, FROM_3_TO_7)),
  refuse("merkle-consistency-wrong-old-root", ({ sha256 }) =>
    consistent(sha256, bent(ROOT_OF_3), FROM_3_TO_7),
  ),
  refuse("merkle-consistency-wrong-path", ({ sha256 }) =>
    consistent(sha256, ROOT_OF_3, FROM_3_TO_7.map(bent)),
  ),
];
