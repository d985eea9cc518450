import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { CheckpointRecord, StatementVersion } from "@/lib/evidence/checkpoint.ts";
import { wrappedProof } from "@/lib/evidence/derived-records.ts";
import { signBatch } from "./checkpoint.ts";
import type { DemoKey } from "./keys.ts";
import type { DemoPorts } from "./ports.ts";

export interface DemoReceipt {
  readonly seq: number;
  readonly value: JsonObject;
}

/** A batch of the log as it grows; the last one may have no checkpoint. */
export interface DemoBatch {
  readonly receipts: readonly DemoReceipt[];
  readonly checkpoint: CheckpointRecord | null;
  /** One wrapped inclusion proof for each receipt of a checkpointed batch; made when asked for. */
  readonly proofs: () => readonly JsonObject[];
}

/** Puts one batch after the other under checkpoints that continue each other. */
export class BatchSealer {
  readonly #version: StatementVersion;
  readonly #ports: DemoPorts;
  readonly #chain: MerkleRange;
  #previous: CheckpointRecord | null = null;

  constructor(version: StatementVersion, ports: DemoPorts) {
    this.#version = version;
    this.#ports = ports;
    this.#chain = new MerkleRange(ports.primitives.sha256);
  }

  /** Receipts that no checkpoint covers yet. */
  leaveOpen(receipts: readonly DemoReceipt[]): DemoBatch {
    return { receipts, checkpoint: null, proofs: () => [] };
  }

  /** A batch in sequence order under a statement of `signer`, issued at `issuedAt` (Unix seconds). */
  async seal(
    receipts: readonly DemoReceipt[],
    issuedAt: number,
    signer: DemoKey,
  ): Promise<DemoBatch> {
    const { sha256, utf8 } = this.#ports.primitives;
    const [first] = receipts;
    const last = receipts.at(-1);
    if (first === undefined || last === undefined) {
      throw new RangeError("a batch has a receipt");
    }
    const leaves = receipts.map((one) => leafHash(utf8(canonicalize(one.value)), sha256));
    const tree = merkleTree(leaves, sha256);
    const batch = { start: first.seq, end: last.seq, root: tree.root, issuedAt };
    const previous = this.#previous;
    const checkpoint = await signBatch(
      this.#version,
      batch,
      signer,
      previous,
      this.#chain,
      this.#ports,
    );
    this.#previous = checkpoint;
    const proofs = (): JsonObject[] =>
      leaves.map((_, index) => {
        const path = tree.inclusionProof(index);
        return wrappedProof(checkpoint, first.seq + index, leaves.length, index, path);
      });
    return { receipts, checkpoint, proofs };
  }
}
