import type { StatementVersion } from "@/lib/evidence/checkpoint.ts";
import { BatchSealer, type DemoBatch } from "./batch.ts";
import type { Call } from "./call.ts";
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
  const sealer = new BatchSealer(options.statement, ports);
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
    yield end - start + 1 < options.batch
      ? sealer.leaveOpen(receipts)
      : await sealer.seal(receipts, last + 1, signerAt(options, end));
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
