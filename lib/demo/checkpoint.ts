import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import type { MerkleRange } from "@/kernel/merkle/range.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { DemoKey } from "./keys.ts";
import type { DemoPorts } from "./ports.ts";

export type StatementVersion = 1 | 2;

/** One signed statement over a batch, and what the records beside it are derived from. */
export interface DemoCheckpoint {
  readonly seq: number;
  readonly start: number;
  readonly end: number;
  readonly root: Uint8Array;
  readonly issuedAt: number;
  readonly key: DemoKey;
  readonly digest: string;
  readonly previousDigest: string | null;
  /** Chain leaf hash and chain root; the root is null for version 1. */
  readonly chainLeaf: Uint8Array;
  readonly chainRoot: Uint8Array | null;
  readonly value: JsonObject;
}

const HASH_PREFIX = "0x";

/** A Merkle hash as statements and proofs spell it: `0x` and 64 hex digits. */
export function spellHash(hash: Uint8Array): string {
  return HASH_PREFIX + toHex(hash);
}

/** `local-log-` and the hash of the key's 32 octets (wire-format 4.6). */
export function logIdOf(key: string, ports: DemoPorts): string {
  const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `local-log-${toHex(ports.primitives.sha256(bytes))}`;
}

/** Signs the batch `start` to `end` with this root, after `previous` (wire-format 4.1, 4.5). */
export async function makeCheckpoint(
  version: StatementVersion,
  batch: {
    readonly start: number;
    readonly end: number;
    readonly root: Uint8Array;
    readonly issuedAt: number;
  },
  key: DemoKey,
  previous: DemoCheckpoint | null,
  chain: MerkleRange,
  ports: DemoPorts,
): Promise<DemoCheckpoint> {
  const { primitives } = ports;
  const seq = (previous?.seq ?? 0) + 1;
  const previousDigest = previous?.digest ?? null;
  const merkleRoot = spellHash(batch.root);
  const chainLeaf = leafHash(
    primitives.utf8(
      canonicalize({
        batch_end_seq: batch.end,
        batch_start_seq: batch.start,
        checkpoint_seq: seq,
        merkle_root: merkleRoot,
      }),
    ),
    primitives.sha256,
  );
  chain.append(chainLeaf);
  const chainRoot = version === 1 ? null : chain.root();
  const body: JsonObject = {
    schema: `chio.checkpoint_statement.v${version}`,
    checkpoint_seq: seq,
    batch_start_seq: batch.start,
    batch_end_seq: batch.end,
    tree_size: batch.end - batch.start + 1,
    merkle_root: merkleRoot,
    issued_at: batch.issuedAt,
    kernel_key: key.key,
    ...(previousDigest === null ? {} : { previous_checkpoint_sha256: previousDigest }),
    ...(chainRoot === null ? {} : { chain_root: spellHash(chainRoot) }),
  };
  const message = primitives.utf8(canonicalize(body));
  const signature = await ports.sign(key.seed, message);
  return {
    seq,
    start: batch.start,
    end: batch.end,
    root: batch.root,
    issuedAt: batch.issuedAt,
    key,
    digest: toHex(primitives.sha256(message)),
    previousDigest,
    chainLeaf,
    chainRoot,
    value: { body, signature: toHex(signature) },
  };
}

/** The unsigned record that announces a checkpoint (wire-format 4.6). */
export function publicationOf(one: DemoCheckpoint, ports: DemoPorts): JsonObject {
  return {
    log_id: logIdOf(one.key.key, ports),
    schema: "chio.checkpoint_publication.v1",
    checkpoint_seq: one.seq,
    checkpoint_sha256: one.digest,
    merkle_root: spellHash(one.root),
    published_at: one.issuedAt,
    kernel_key: one.key.key,
    log_tree_size: one.end,
    entry_start_seq: one.start,
    entry_end_seq: one.end,
    ...(one.previousDigest === null ? {} : { previous_checkpoint_sha256: one.previousDigest }),
  };
}

/** The unsigned record that a successor cited its predecessor. */
export function witnessOf(from: DemoCheckpoint, to: DemoCheckpoint, ports: DemoPorts): JsonObject {
  return {
    log_id: logIdOf(from.key.key, ports),
    schema: "chio.checkpoint_witness.v1",
    checkpoint_seq: from.seq,
    checkpoint_sha256: from.digest,
    witness_checkpoint_seq: to.seq,
    witness_checkpoint_sha256: to.digest,
    witnessed_at: to.issuedAt,
  };
}

/** The record that one checkpoint's chain is a prefix of the next one's; `chainLeaves` are those of 1 to `to`. */
export function consistencyOf(
  from: DemoCheckpoint,
  to: DemoCheckpoint,
  chainLeaves: readonly Uint8Array[],
  ports: DemoPorts,
): JsonObject {
  const real = from.chainRoot !== null && to.chainRoot !== null;
  const facts: JsonObject = {
    schema: `chio.checkpoint_consistency_proof.v${real ? 2 : 1}`,
    log_id: logIdOf(from.key.key, ports),
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
  const older = merkleTree(chainLeaves.slice(0, from.seq), ports.primitives.sha256);
  const newer = merkleTree(chainLeaves.slice(0, to.seq), ports.primitives.sha256);
  const path = newer.consistencyProof(from.seq).map(spellHash);
  return {
    ...facts,
    from_chain_root: spellHash(from.chainRoot),
    to_chain_root: spellHash(to.chainRoot),
    ...(path.length === 0 ? {} : { chain_proof_hashes: path }),
    from_leaf_inclusion: proofObject(from.seq, from.seq - 1, older.inclusionProof(from.seq - 1)),
    to_leaf_inclusion: proofObject(to.seq, to.seq - 1, newer.inclusionProof(to.seq - 1)),
  };
}

export function proofObject(size: number, index: number, path: readonly Uint8Array[]): JsonObject {
  return { tree_size: size, leaf_index: index, audit_path: path.map(spellHash) };
}
