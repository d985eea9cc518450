import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { leafHash } from "@/kernel/merkle/hasher.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import type { CheckpointRecord, StatementVersion } from "@/lib/evidence/checkpoint.ts";
import { wrappedProof } from "@/lib/evidence/derived-records.ts";
import type { Call } from "./call.ts";
import { signBatch } from "./checkpoint.ts";
import { type DemoKey, demoKey } from "./keys.ts";
import type { DemoPorts } from "./ports.ts";
import { type DemoForm, draftReceipt } from "./receipt.ts";
import { calls } from "./scenario.ts";

export interface LogOptions {
  readonly receipts: number;
  readonly seed: number;
  /** Receipts to a checkpoint. The last batch is checkpointed only when it is full. */
  readonly batch: number;
  readonly form: DemoForm;
  readonly statement: StatementVersion;
  /** Who signs from which sequence number on, in ascending order. */
  readonly signers: readonly { readonly from: number; readonly key: DemoKey }[];
  /** From this number on, another day of the shop happens: for forks. */
  readonly divergence?: { readonly from: number; readonly seed: number };
}

/** A batch of the log as it grows. The last one has no checkpoint unless it is full. */
export interface DemoBatch {
  readonly receipts: readonly { readonly seq: number; readonly value: JsonObject }[];
  readonly checkpoint: CheckpointRecord | null;
  /** One wrapped inclusion proof for each receipt of a checkpointed batch; made when asked for. */
  readonly proofs: () => readonly JsonObject[];
}

/** 2026-04-15 16:06:00 UTC. */
export const DEMO_START = 1_776_269_160;

export const demoKernelA = (): DemoKey => demoKey("kernel-a");
export const demoKernelB = (): DemoKey => demoKey("kernel-b");

/**
 * The log, batch by batch, in sequence order from 1: receipts with their parents, statements and proofs.
 * Deterministic: options decide every byte, whatever signs.
 */
export async function* generateLog(
  options: LogOptions,
  ports: DemoPorts,
): AsyncGenerator<DemoBatch> {
  const day = dayOf(options);
  const chain = new MerkleRange(ports.primitives.sha256);
  let previous: CheckpointRecord | null = null;
  const ids = new Map<number, string>();
  for (let start = 1; start <= options.receipts; start += options.batch) {
    const end = Math.min(start + options.batch - 1, options.receipts);
    const drafts = [];
    let last = DEMO_START;
    for (let seq = start; seq <= end; seq += 1) {
      const call = day.next().value;
      const parent = call.parent === null ? null : (ids.get(call.parent) ?? null);
      const key = signerAt(options, seq);
      const draft = draftReceipt(options.form, call, key, parent, ports.primitives);
      ids.set(seq, draft.id);
      ids.delete(seq - PARENT_WINDOW);
      last = call.timestamp;
      drafts.push({ seq, draft, signature: ports.sign(key.seed, draft.message) });
    }
    const receipts = [];
    for (const { seq, draft, signature } of drafts) {
      receipts.push({ seq, value: draft.seal(await signature) });
    }
    if (end - start + 1 < options.batch) {
      yield { receipts, checkpoint: null, proofs: () => [] };
      continue;
    }
    const leaves = receipts.map((one) =>
      leafHash(ports.primitives.utf8(canonicalize(one.value)), ports.primitives.sha256),
    );
    const tree = merkleTree(leaves, ports.primitives.sha256);
    const batch = { start, end, root: tree.root, issuedAt: last + 1 };
    const signer = signerAt(options, end);
    const checkpoint: CheckpointRecord = await signBatch(
      options.statement,
      batch,
      signer,
      previous,
      chain,
      ports,
    );
    previous = checkpoint;
    const proofs = (): JsonObject[] =>
      leaves.map((_, index) => {
        const path = tree.inclusionProof(index);
        return wrappedProof(checkpoint, start + index, leaves.length, index, path);
      });
    yield { receipts, checkpoint, proofs };
  }
}

/** An order's calls lie closer together than this, so older ids need not be kept. */
const PARENT_WINDOW = 4096;

function* dayOf(options: LogOptions): Generator<Call, never> {
  const day = calls(options.seed, DEMO_START);
  const fork = options.divergence;
  const other = fork === undefined ? null : calls(fork.seed, DEMO_START);
  for (let seq = 1; ; seq += 1) {
    const ours = day.next().value;
    const theirs = other?.next().value;
    yield fork !== undefined && theirs !== undefined && seq >= fork.from ? theirs : ours;
  }
}

function signerAt(options: LogOptions, seq: number): DemoKey {
  const signer = options.signers.findLast((one) => one.from <= seq);
  if (signer === undefined) {
    throw new RangeError(`nobody signs receipt ${seq}`);
  }
  return signer.key;
}
