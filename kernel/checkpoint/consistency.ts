import { fromHex, toHex } from "../encoding.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "../json/value.ts";
import { rootFromInclusionProof, verifyConsistency } from "../merkle/proof.ts";
import type { Primitives } from "../primitives.ts";
import { err, ok, type Result } from "../result.ts";
import { type ChainLink, chainLeaf, verifySuccession } from "./chain.ts";
import { consistencyFacts, type RecordDifference, recordDifference } from "./derived.ts";

const SCHEMA_V2 = "chio.checkpoint_consistency_proof.v2";
const PROOF_MEMBERS = [
  "from_chain_root",
  "to_chain_root",
  "chain_proof_hashes",
  "from_leaf_inclusion",
  "to_leaf_inclusion",
];

/**
 * Verifies a version 2 consistency proof between two statements (wire format 4.5): they follow each other,
 * belong to one log, every repeated fact agrees, both chain roots are the signed ones, each statement is
 * the last leaf of its tree, and the old tree is a prefix of the new. The error is the first thing that
 * does not hold.
 */
export function verifyConsistencyV2(
  record: JsonObject,
  from: ChainLink,
  to: ChainLink,
  primitives: Primitives,
): Result<void, RecordDifference> {
  const [broken] = verifySuccession(from, to);
  if (broken !== undefined) {
    return err({
      pointer: `/to_${broken.member}`,
      expected: broken.expected,
      actual: broken.actual,
    });
  }
  if (from.facts.kernelKey !== to.facts.kernelKey) {
    return err({ pointer: "/log_id", expected: from.facts.kernelKey, actual: to.facts.kernelKey });
  }
  const derived = { schema: SCHEMA_V2, ...consistencyFacts(from, to, primitives) };
  const difference = recordDifference(record, derived, PROOF_MEMBERS);
  if (difference !== null) {
    return err(difference);
  }
  const oldRoot = signedRoot(record, "from_chain_root", from);
  if (!oldRoot.ok) {
    return oldRoot;
  }
  const newRoot = signedRoot(record, "to_chain_root", to);
  if (!newRoot.ok) {
    return newRoot;
  }
  const oldSize = Number(from.facts.checkpointSeq);
  const newSize = Number(to.facts.checkpointSeq);
  const lastOfOld = lastLeaf(
    record,
    "from_leaf_inclusion",
    from,
    oldSize,
    oldRoot.value,
    primitives,
  );
  if (!lastOfOld.ok) {
    return lastOfOld;
  }
  const lastOfNew = lastLeaf(record, "to_leaf_inclusion", to, newSize, newRoot.value, primitives);
  if (!lastOfNew.ok) {
    return lastOfNew;
  }
  const path = hashes(member(record, "chain_proof_hashes") ?? []);
  if (path === null) {
    return err({ pointer: "/chain_proof_hashes", expected: "a list of hashes", actual: null });
  }
  const consistent = verifyConsistency(
    { oldSize, newSize, oldRoot: oldRoot.value, newRoot: newRoot.value, path },
    primitives.sha256,
  );
  return consistent.ok
    ? ok(undefined)
    : err({
        pointer: "/chain_proof_hashes",
        expected: consistent.error.expected,
        actual: consistent.error.actual,
      });
}

function signedRoot(
  record: JsonObject,
  name: string,
  link: ChainLink,
): Result<Uint8Array, RecordDifference> {
  const expected = link.facts.chainRoot;
  const spelled = member(record, name);
  const actual = typeof spelled === "string" ? spelled : null;
  const root = expected !== null && actual === `0x${expected}` ? fromHex(expected) : null;
  return root === null
    ? err({ pointer: `/${name}`, expected: expected === null ? null : `0x${expected}`, actual })
    : ok(root);
}

function lastLeaf(
  record: JsonObject,
  name: string,
  link: ChainLink,
  size: number,
  root: Uint8Array,
  primitives: Primitives,
): Result<void, RecordDifference> {
  const proof = member(record, name);
  const leaf = chainLeaf(link.facts, primitives);
  const path = isObject(proof) ? hashes(member(proof, "audit_path")) : null;
  if (!isObject(proof) || leaf === null || path === null) {
    return err({ pointer: `/${name}`, expected: "an inclusion proof", actual: null });
  }
  if (member(proof, "tree_size") !== size || member(proof, "leaf_index") !== size - 1) {
    return err({
      pointer: `/${name}/leaf_index`,
      expected: `${size - 1} of ${size}`,
      actual: null,
    });
  }
  const computed = rootFromInclusionProof({ leaf, index: size - 1, size, path }, primitives.sha256);
  const actual = computed.ok ? toHex(computed.value) : computed.error;
  return actual === toHex(root)
    ? ok(undefined)
    : err({ pointer: `/${name}`, expected: toHex(root), actual });
}

/** A list of `0x` hashes of 32 octets, else null. */
function hashes(value: JsonValue | undefined): readonly Uint8Array[] | null {
  if (!isArray(value)) {
    return null;
  }
  const list: Uint8Array[] = [];
  for (const item of value) {
    const bytes = typeof item === "string" && item.startsWith("0x") ? fromHex(item.slice(2)) : null;
    if (bytes === null || bytes.length !== 32) {
      return null;
    }
    list.push(bytes);
  }
  return list;
}
