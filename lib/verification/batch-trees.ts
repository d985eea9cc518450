import { toHex } from "@/kernel/encoding.ts";
import { type MerkleTree, merkleTree } from "@/kernel/merkle/tree.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Draft, Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { placeOf } from "./members.ts";
import { type Rows, same32 } from "./rows.ts";

export const INCLUSION = { none: 0, included: 1, doesNotFit: 2 } as const;

/** For each row: whether a signed checkpoint is proved to hold it, which one, and by which proof. */
export interface Inclusion {
  readonly state: Uint8Array;
  /** Index of the checkpoint, or -1. */
  readonly checkpoint: Int32Array;
  /** Number of the inclusion proof, or -1 where the root was computed from the receipts. */
  readonly proof: Int32Array;
  /** The finding that explains why a batch's root differs. */
  readonly causeOfBatch: Map<Checkpoint, Draft>;
}

export function noInclusion(rows: number): Inclusion {
  return {
    state: new Uint8Array(rows),
    checkpoint: new Int32Array(rows).fill(-1),
    proof: new Int32Array(rows).fill(-1),
    causeOfBatch: new Map(),
  };
}

/** A checkpoint whose own signature does not fit proves nothing, whatever leads to its root. */
export function markIncluded(
  inclusion: Inclusion,
  row: number,
  checkpoint: Checkpoint,
  proof: number,
): void {
  inclusion.checkpoint[row] = checkpoint.index;
  inclusion.proof[row] = proof;
  if (checkpoint.fits) {
    inclusion.state[row] = INCLUSION.included;
  }
}

const KEPT_TREES = 64;
/** Leaves hashed for each row that is here, over all batches. Batches of one history never overlap. */
const LEAVES_PER_ROW = 8;
const SPARE_LEAVES = 65_536;

/**
 * The trees of those batches whose receipts are all here. Ten thousand signed statements may each claim all
 * rows as their batch: what is hashed is bounded by the rows, and a batch beyond that is not checked.
 */
export class BatchTrees {
  readonly #rows: Rows;
  readonly #primitives: Primitives;
  readonly #trees = new Map<Checkpoint, MerkleTree>();
  readonly #batches = new Map<Checkpoint, Log>();
  #budget: number;

  constructor(rows: Rows, primitives: Primitives) {
    this.#rows = rows;
    this.#primitives = primitives;
    this.#budget = rows.count * LEAVES_PER_ROW + SPARE_LEAVES;
  }

  /** Whether the root was computed from the receipts, and is the checkpoint's. */
  hasRebuilt(checkpoint: Checkpoint): boolean {
    return this.#batches.has(checkpoint);
  }

  /**
   * Recomputes a checkpoint's root from the receipts of its batch.
   *
   * Returns "fits", "differs", or "not-checked" where a receipt of the batch is not here.
   */
  checkRoot(
    log: Log,
    checkpoint: Checkpoint,
    inclusion: Inclusion,
  ): "fits" | "differs" | "not-checked" {
    const tree = this.#build(log, checkpoint);
    if (tree === null || checkpoint.root === null) {
      return "not-checked";
    }
    if (!same32(tree.root, 0, checkpoint.root, 0)) {
      this.#trees.delete(checkpoint);
      return "differs";
    }
    this.#batches.set(checkpoint, log);
    for (let seq = checkpoint.start; seq <= checkpoint.end; seq += 1) {
      const chosen = log.leafRowAt(seq, checkpoint.member);
      const claiming = log.entryRowsOf(seq);
      this.#budget -= claiming.length;
      for (const row of claiming) {
        if (this.#rows.sameLeaf(row, chosen)) {
          markIncluded(inclusion, row, checkpoint, -1);
        }
      }
    }
    return "fits";
  }

  /** Reports a root that differs; what differs inside the batch, if anything is known, explains it. */
  reportDifference(log: Log, checkpoint: Checkpoint, ledger: Ledger, cause: Draft | null): void {
    const tree = this.#build(log, checkpoint);
    ledger.add({
      code: "CKP-002",
      subject: { kind: "checkpoint", id: String(checkpoint.seq) },
      place: placeOf(checkpoint.record, "/body/merkle_root"),
      cause: checkpoint.cause ?? cause,
      expected: checkpoint.root === null ? null : toHex(checkpoint.root),
      actual: tree === null ? null : toHex(tree.root),
    });
    this.#trees.delete(checkpoint);
  }

  /**
   * Whether a path is, octet for octet, the one that this batch's tree has for this leaf. It then leads to
   * the root that was already compared, without hashing it again.
   */
  isHonestPath(
    checkpoint: Checkpoint,
    leaf: Uint8Array,
    proof: { index: number; size: number; path: readonly Uint8Array[] },
  ): boolean {
    const log = this.#batches.get(checkpoint);
    if (log === undefined || proof.size !== checkpoint.treeSize || proof.index >= proof.size) {
      return false;
    }
    const tree = this.#build(log, checkpoint);
    const row = log.leafRowAt(checkpoint.start + proof.index, checkpoint.member);
    if (tree === null || row === -1 || !same32(this.#rows.leafOf(row), 0, leaf, 0)) {
      return false;
    }
    const honest = tree.inclusionProof(proof.index);
    return (
      honest.length === proof.path.length &&
      honest.every((hash, step) => {
        const sibling = proof.path[step];
        return sibling !== undefined && same32(hash, 0, sibling, 0);
      })
    );
  }

  /** The tree over a batch, or null where a receipt of it is not here. */
  #build(log: Log, checkpoint: Checkpoint): MerkleTree | null {
    const kept = this.#trees.get(checkpoint);
    if (kept !== undefined) {
      return kept;
    }
    const size = checkpoint.end - checkpoint.start + 1;
    if (!(size >= 1) || size > this.#rows.count || size > this.#budget) {
      return null;
    }
    this.#budget -= size;
    const leaves = new Uint8Array(size * 32);
    for (let at = 0; at < size; at += 1) {
      const row = log.leafRowAt(checkpoint.start + at, checkpoint.member);
      if (row === -1) {
        return null;
      }
      leaves.set(this.#rows.leafOf(row), at * 32);
    }
    const tree = merkleTree(leaves, this.#primitives.sha256);
    if (this.#trees.size >= KEPT_TREES) {
      const oldest = this.#trees.keys().next().value;
      if (oldest !== undefined) {
        this.#trees.delete(oldest);
      }
    }
    this.#trees.set(checkpoint, tree);
    return tree;
  }
}
