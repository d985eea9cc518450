import { equalBytes } from "@/kernel/encoding.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { CheckpointRecord } from "@/lib/evidence/checkpoint.ts";
import type { CheckpointStore } from "../store/checkpoint-store.ts";
import { storedRecords } from "./checkpoint-records.ts";

/** Where a log's chain of checkpoints stands, and the batch that the next one will sign. */
export interface ChainState {
  readonly chain: MerkleRange;
  last: CheckpointRecord | null;
  /** Place of the last entry that a checkpoint covers. */
  covered: bigint;
  batch: MerkleRange;
}

/**
 * The chain as the stored statements have it, with an empty batch. Throws where they do not continue each
 * other: signing on would vouch for a log that somebody changed.
 */
export function storedChain(store: CheckpointStore, primitives: Primitives): ChainState {
  const chain = new MerkleRange(primitives.sha256);
  let last: CheckpointRecord | null = null;
  for (const record of storedRecords(store, primitives)) {
    chain.append(record.chainLeaf);
    const root = chain.root();
    const continues =
      record.seq === (last?.seq ?? 0) + 1 &&
      record.start === (last?.end ?? 0) + 1 &&
      record.previousDigest === (last?.digest ?? null) &&
      (record.chainRoot === null || (root !== null && equalBytes(root, record.chainRoot)));
    if (!continues) {
      throw new Error(`checkpoint ${record.seq} of the store does not continue the one before it`);
    }
    last = record;
  }
  const batch = new MerkleRange(primitives.sha256);
  return { chain, last, covered: BigInt(last?.end ?? 0), batch };
}
