import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import type { MerkleRange } from "@/kernel/merkle/range.ts";
import type { Primitives } from "@/kernel/primitives.ts";

export type StatementVersion = 1 | 2;

/** One signed statement over a batch, and what the records beside it are derived from. */
export interface CheckpointRecord {
  readonly seq: number;
  /** First and last number of the batch, both inclusive. */
  readonly start: number;
  readonly end: number;
  readonly root: Uint8Array;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Who signed, 64 hexadecimal digits. */
  readonly key: string;
  /** Bare SHA-256 of the canonical body, in hexadecimal. */
  readonly digest: string;
  readonly previousDigest: string | null;
  readonly chainLeaf: Uint8Array;
  /** Null for version 1. */
  readonly chainRoot: Uint8Array | null;
  /** `{body, signature}`. */
  readonly value: JsonObject;
}

/** A batch of leaves whose root is to be signed. */
export interface Batch {
  readonly start: number;
  readonly end: number;
  readonly root: Uint8Array;
  readonly issuedAt: number;
}

/** A statement before its signature. */
export interface CheckpointDraft {
  /** The canonical body, which the signature covers. */
  readonly message: Uint8Array;
  readonly seal: (signature: Uint8Array) => CheckpointRecord;
}

/** A Merkle hash as statements and proofs spell it: `0x` and 64 hex digits. */
export function spellHash(hash: Uint8Array): string {
  return `0x${toHex(hash)}`;
}

/** The chain leaf of a statement (wire format 4.5): who signed and when are left out on purpose. */
export function chainLeafOf(
  statement: { readonly seq: number; readonly start: number; readonly end: number },
  merkleRoot: string,
  primitives: Primitives,
): Uint8Array {
  const content = canonicalize({
    batch_end_seq: statement.end,
    batch_start_seq: statement.start,
    checkpoint_seq: statement.seq,
    merkle_root: merkleRoot,
  });
  return leafHash(primitives.utf8(content), primitives.sha256);
}

/**
 * The statement of a batch after `previous` (wire format 4.1, 4.5), for `key` to sign. Appends its leaf to
 * `chain`, which holds those of all statements before it.
 */
export function draftCheckpoint(
  version: StatementVersion,
  batch: Batch,
  key: string,
  previous: Pick<CheckpointRecord, "seq" | "digest"> | null,
  chain: MerkleRange,
  primitives: Primitives,
): CheckpointDraft {
  const seq = (previous?.seq ?? 0) + 1;
  const previousDigest = previous?.digest ?? null;
  const merkleRoot = spellHash(batch.root);
  const chainLeaf = chainLeafOf({ seq, ...batch }, merkleRoot, primitives);
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
    kernel_key: key,
    ...(previousDigest === null ? {} : { previous_checkpoint_sha256: previousDigest }),
    ...(chainRoot === null ? {} : { chain_root: spellHash(chainRoot) }),
  };
  const message = primitives.utf8(canonicalize(body));
  return {
    message,
    seal: (signature) => ({
      seq,
      ...batch,
      key,
      digest: toHex(primitives.sha256(message)),
      previousDigest,
      chainLeaf,
      chainRoot,
      value: { body, signature: toHex(signature) },
    }),
  };
}
