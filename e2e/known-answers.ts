import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { fromHex, toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { leafHash, nodeHash } from "@/kernel/merkle/hasher.ts";
import { rootFromInclusionProof, verifyConsistency } from "@/kernel/merkle/proof.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import { inspectReceipt } from "@/kernel/receipt/inspect.ts";
import { verdictObject } from "@/kernel/receipt/verdict-object.ts";
import { checkClaim } from "@/kernel/signature.ts";
import type { Platform } from "@/lib/verification/platform.ts";

/** What came out of one family of vectors: how many were asked, and which gave another answer. */
export interface Answers {
  readonly asked: number;
  readonly wrong: readonly string[];
}

class Tally {
  #asked = 0;
  readonly #wrong: string[] = [];

  expect(name: string, actual: unknown, expected: unknown): void {
    this.#asked += 1;
    if (actual !== expected) this.#wrong.push(`${name}: ${actual} instead of ${expected}`);
  }

  get answers(): Answers {
    return { asked: this.#asked, wrong: this.#wrong };
  }
}

interface EdgeCase {
  readonly id: string;
  readonly message_hex: string;
  readonly public_key_hex: string;
  readonly signature_hex: string;
  readonly accepted_by_cofactorless_verify: boolean;
}

const bytes = (text: string) => fromHex(text.replace(/^0x/, "")) ?? new Uint8Array();

/** Edge signatures: the fast back end and the exact rule each give the protocol's verdict. */
export async function edgeCases(text: string, { backend }: Platform): Promise<Answers> {
  const tally = new Tally();
  const { cases }: { cases: EdgeCase[] } = JSON.parse(text);
  for (const edge of cases) {
    const key = bytes(edge.public_key_hex);
    const message = bytes(edge.message_hex);
    const signature = bytes(edge.signature_hex);
    const expected = edge.accepted_by_cofactorless_verify;
    const fast = await backend.verify(key, message, signature);
    tally.expect(`${edge.id}, ${backend.name}`, fast, expected);
    tally.expect(`${edge.id}, exact`, verifySignature(key, message, signature), expected);
  }
  return tally.answers;
}

/** Receipts, by the fast back end, against the reference verifier's result objects. */
export async function receiptCases(text: string, platform: Platform): Promise<Answers> {
  const tally = new Tally();
  for (const one of objects(objectOf(text), "cases")) {
    const receipt = member(one, "receipt");
    const expected = member(one, "expected");
    if (!isObject(receipt) || !isObject(expected)) throw new Error("a case without its parts");
    const inspection = inspectReceipt(receipt, platform.primitives);
    const outcome =
      inspection.claim === null ? null : await checkClaim(inspection.claim, platform.backend);
    const fits = outcome?.kind === "fits" && outcome.preimage === "normal";
    const verdict = canonicalize(verdictObject(inspection, fits, false));
    tally.expect(String(member(one, "id")), verdict, canonicalize(expected));
  }
  return tally.answers;
}

interface KnownTree {
  readonly leaves: string[];
  readonly root: string;
  readonly proofs: { tree_size: number; leaf_index: number; audit_path: string[] }[];
  readonly consistency_from: { from: number; from_root: string; path: string[] }[];
}

/** Merkle trees, by the platform's SHA-256: roots, inclusion proofs, consistency proofs. */
export function merkleAnswers(text: string, { primitives }: Platform): Answers {
  const tally = new Tally();
  const { sha256 } = primitives;
  const known: {
    node_hash_kat: { left: string; right: string; expected: string };
    cases: KnownTree[];
  } = JSON.parse(text);
  const { left, right, expected } = known.node_hash_kat;
  tally.expect("node hash", toHex(nodeHash(bytes(left), bytes(right), sha256)), expected);
  for (const one of known.cases) {
    const leaves = one.leaves.map((leaf) => leafHash(utf8(leaf), sha256));
    const size = leaves.length;
    const tree = merkleTree(leaves, sha256);
    tally.expect(`root of ${size}`, `0x${toHex(tree.root)}`, one.root);
    for (const { leaf_index: index, tree_size, audit_path } of one.proofs) {
      const path = audit_path.map(bytes);
      const leaf = leaves[index] ?? new Uint8Array();
      const root = rootFromInclusionProof({ leaf, index, size: tree_size, path }, sha256);
      const name = `leaf ${index} of ${size}`;
      tally.expect(name, root.ok ? `0x${toHex(root.value)}` : root.error, one.root);
      tally.expect(`${name}, made`, hexes(tree.inclusionProof(index)), hexes(path));
    }
    for (const { from, from_root, path } of one.consistency_from) {
      const [oldRoot, newRoot] = [bytes(from_root), tree.root];
      const proof = { oldSize: from, newSize: size, oldRoot, newRoot, path: path.map(bytes) };
      tally.expect(`${from} to ${size}`, verifyConsistency(proof, sha256).ok, true);
      tally.expect(
        `${from} to ${size}, made`,
        hexes(tree.consistencyProof(from)),
        hexes(proof.path),
      );
    }
  }
  return tally.answers;
}

function hexes(hashes: readonly Uint8Array[]): string {
  return hashes.map((hash) => toHex(hash)).join(" ");
}

function objectOf(text: string): JsonObject {
  const parsed = parseJson(text);
  if (!parsed.ok || !isObject(parsed.value.value)) throw new Error("a vector file holds an object");
  return parsed.value.value;
}

function objects(value: JsonObject, name: string): readonly JsonObject[] {
  const list = member(value, name);
  return isArray(list) ? list.filter(isObject) : [];
}
