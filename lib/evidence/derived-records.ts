import { logId } from "@/kernel/checkpoint/chain.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { ChainTree } from "./chain-tree.ts";
import { type CheckpointRecord, spellHash } from "./checkpoint.ts";

/** The unsigned record that announces a checkpoint (wire format 4.6). */
export function publicationOf(one: CheckpointRecord, primitives: Primitives): JsonObject {
  return {
    log_id: logId(one.key, primitives),
    schema: "chio.checkpoint_publication.v1",
    checkpoint_seq: one.seq,
    checkpoint_sha256: one.digest,
    merkle_root: spellHash(one.root),
    published_at: one.issuedAt,
    kernel_key: one.key,
    log_tree_size: one.end,
    entry_start_seq: one.start,
    entry_end_seq: one.end,
    ...(one.previousDigest === null ? {} : { previous_checkpoint_sha256: one.previousDigest }),
  };
}

/** Whether a record may join the two: a change of key starts another log id, and no record spans two logs. */
export function isOneLog(from: CheckpointRecord, to: CheckpointRecord): boolean {
  return from.key === to.key;
}

/** The unsigned record that a successor cited its predecessor. */
export function witnessOf(
  from: CheckpointRecord,
  to: CheckpointRecord,
  primitives: Primitives,
): JsonObject {
  return {
    log_id: logId(from.key, primitives),
    schema: "chio.checkpoint_witness.v1",
    checkpoint_seq: from.seq,
    checkpoint_sha256: from.digest,
    witness_checkpoint_seq: to.seq,
    witness_checkpoint_sha256: to.digest,
    witnessed_at: to.issuedAt,
  };
}

/**
 * The record that one checkpoint's chain is a prefix of the next one's: version 2 proves it, version 1, for
 * statements without a chain root, repeats their facts. `chain` holds the leaves of 1 to `to` at least.
 */
export function consistencyOf(
  from: CheckpointRecord,
  to: CheckpointRecord,
  chain: ChainTree,
  primitives: Primitives,
): JsonObject {
  const real = from.chainRoot !== null && to.chainRoot !== null;
  const facts: JsonObject = {
    schema: `chio.checkpoint_consistency_proof.v${real ? 2 : 1}`,
    log_id: logId(from.key, primitives),
    from_checkpoint_seq: from.seq,
    to_checkpoint_seq: to.seq,
    from_checkpoint_sha256: from.digest,
    to_checkpoint_sha256: to.digest,
    from_log_tree_size: from.end,
    to_log_tree_size: to.end,
    appended_entry_start_seq: to.start,
    appended_entry_end_seq: to.end,
  };
  if (from.chainRoot === null || to.chainRoot === null) {
    return facts;
  }
  const path = chain.consistencyProof(from.seq, to.seq).map(spellHash);
  const lastOf = ({ seq }: CheckpointRecord): JsonObject =>
    proofObject(seq, seq - 1, chain.inclusionProof(seq - 1, seq));
  return {
    ...facts,
    from_chain_root: spellHash(from.chainRoot),
    to_chain_root: spellHash(to.chainRoot),
    ...(path.length === 0 ? {} : { chain_proof_hashes: path }),
    from_leaf_inclusion: lastOf(from),
    to_leaf_inclusion: lastOf(to),
  };
}

/** An inclusion proof with the checkpoint and the receipt that it joins (wire format 4.4). */
export function wrappedProof(
  checkpoint: Pick<CheckpointRecord, "seq" | "root">,
  receiptSeq: number,
  size: number,
  index: number,
  path: readonly Uint8Array[],
): JsonObject {
  return {
    checkpoint_seq: checkpoint.seq,
    receipt_seq: receiptSeq,
    leaf_index: index,
    merkle_root: spellHash(checkpoint.root),
    proof: proofObject(size, index, path),
  };
}

function proofObject(size: number, index: number, path: readonly Uint8Array[]): JsonObject {
  return { tree_size: size, leaf_index: index, audit_path: path.map(spellHash) };
}
