import { toHex } from "@/kernel/encoding.ts";
import { nodeHash } from "@/kernel/merkle/hasher.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { INCLUSION } from "./batch-trees.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Conclusion } from "./conclude.ts";
import type { Dataset } from "./dataset.ts";

/** One step from a leaf to a root: the sibling that is hashed in, as hexadecimal digits. */
export interface ProofStep {
  readonly side: "left" | "right" | "carried";
  readonly sibling: string | null;
  readonly result: string;
}
/** How a receipt leads, or does not lead, to a root that a checkpoint signs. Hashes as hexadecimal digits. */
export interface ReceiptProof {
  readonly state: "included" | "does-not-fit" | "not-covered" | "not-checked";
  readonly why: string;
  readonly checkpointSeq: string | null;
  readonly leafIndex: number | null;
  readonly treeSize: number | null;
  readonly leaf: string;
  readonly steps: readonly ProofStep[];
  readonly computedRoot: string | null;
  readonly signedRoot: string | null;
  /** Other receipts that lead to the same signed root. */
  readonly othersIncluded: number;
}

interface Path {
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

/** How a receipt leads to its checkpoint's root, step by step (RFC 9162, 2.1.3.2), hashed again now. */
export function receiptProof(
  dataset: Dataset,
  conclusion: Conclusion | null,
  row: number,
  leaf: Uint8Array,
  primitives: Primitives,
): ReceiptProof {
  const nothing = {
    checkpointSeq: null,
    leafIndex: null,
    treeSize: null,
    leaf: toHex(leaf),
    steps: [],
    computedRoot: null,
    signedRoot: null,
    othersIncluded: 0,
  };
  if (conclusion === null) {
    return { ...nothing, state: "not-checked", why: "The run has not come to its end." };
  }
  const { inclusion, checkpoints } = conclusion;
  const checkpoint = checkpoints[inclusion.checkpoint[row] ?? -1];
  if (checkpoint === undefined) {
    return { ...nothing, state: "not-covered", why: "No checkpoint that is loaded covers it." };
  }
  const proof = inclusion.proof[row] ?? -1;
  const path =
    proof >= 0
      ? dataset.proofs.parts(proof)
      : pathInBatch(dataset, conclusion, checkpoint, row, primitives);
  const of = {
    checkpointSeq: Number.isNaN(checkpoint.seq) ? null : String(checkpoint.seq),
    signedRoot: checkpoint.root === null ? null : toHex(checkpoint.root),
    othersIncluded: othersIncluded(conclusion, row),
  };
  if (path === null) {
    return {
      ...nothing,
      ...of,
      state: "not-checked",
      why: "Receipts of its batch are absent, and no inclusion proof is loaded.",
    };
  }
  const { steps, root } = walk(leaf, path, primitives);
  const fits = root === of.signedRoot && inclusion.state[row] === INCLUSION.included;
  return {
    ...of,
    leaf: toHex(leaf),
    leafIndex: path.index,
    treeSize: path.size,
    steps,
    computedRoot: root,
    state: fits ? "included" : "does-not-fit",
    why: whyOf(fits, proof >= 0, root === of.signedRoot),
  };
}

/** Distinct receipts beside this one that lead to the root of its checkpoint. */
function othersIncluded({ inclusion, copies }: Conclusion, row: number): number {
  const own = copies.first[row];
  const checkpoint = inclusion.checkpoint[row];
  const others = new Set<number>();
  for (const [at, state] of inclusion.state.entries()) {
    const first = copies.first[at];
    if (state === INCLUSION.included && inclusion.checkpoint[at] === checkpoint) {
      if (first !== undefined && first !== own) {
        others.add(first);
      }
    }
  }
  return others.size;
}

function whyOf(fits: boolean, byProof: boolean, rootFits: boolean): string {
  if (fits) {
    return byProof
      ? "The inclusion proof leads to the signed root."
      : "The root was recomputed from all receipts of the batch.";
  }
  return rootFits
    ? "The path leads to the root, but the checkpoint itself does not hold."
    : "The path leads to another root than the signed one.";
}

/** Where no proof is loaded but the whole batch is, the batch's own tree has the path. */
function pathInBatch(
  dataset: Dataset,
  conclusion: Conclusion,
  checkpoint: Checkpoint,
  row: number,
  primitives: Primitives,
): Path | null {
  const log = conclusion.logs.find((each) => each.checkpoints.includes(checkpoint));
  const size = checkpoint.end - checkpoint.start + 1;
  if (log === undefined || !(size >= 1) || size > dataset.rows.count) {
    return null;
  }
  const leaves = new Uint8Array(size * 32);
  let index = -1;
  for (let at = 0; at < size; at += 1) {
    const chosen = log.leafRowAt(checkpoint.start + at, checkpoint.member);
    if (chosen === -1) {
      return null;
    }
    leaves.set(dataset.rows.leafOf(chosen), at * 32);
    if (log.entryRowsOf(checkpoint.start + at).includes(row)) {
      index = at;
    }
  }
  return index === -1
    ? null
    : { index, size, path: merkleTree(leaves, primitives.sha256).inclusionProof(index) };
}

/** Level by level: a last node without a sibling is carried up as it is. */
function walk(
  leaf: Uint8Array,
  { index, size, path }: Path,
  { sha256 }: Primitives,
): { steps: readonly ProofStep[]; root: string } {
  const steps: ProofStep[] = [];
  let hash = leaf;
  let used = 0;
  let node = index;
  let last = size - 1;
  while (last > 0) {
    const sibling = node % 2 === 1 || node < last ? path[used] : undefined;
    if (sibling === undefined) {
      steps.push({ side: "carried", sibling: null, result: toHex(hash) });
    } else {
      used += 1;
      const left = node % 2 === 1;
      hash = left ? nodeHash(sibling, hash, sha256) : nodeHash(hash, sibling, sha256);
      steps.push({ side: left ? "left" : "right", sibling: toHex(sibling), result: toHex(hash) });
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return { steps, root: toHex(hash) };
}
