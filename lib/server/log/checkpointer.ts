import { textLeafHash } from "@/kernel/merkle/hasher.ts";
import { MerkleRange } from "@/kernel/merkle/range.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Signer } from "@/kernel/signer.ts";
import { draftCheckpoint } from "@/lib/evidence/checkpoint.ts";
import type { CheckpointStore } from "../store/checkpoint-store.ts";
import type { ReceiptStore } from "../store/receipt-store.ts";
import { type ChainState, storedChain } from "./chain-state.ts";
import type { CommittedLeaf } from "./receipt-log.ts";

export interface CheckpointerOptions {
  readonly receipts: ReceiptStore;
  readonly checkpoints: CheckpointStore;
  /** The `checkpoint` role's. */
  readonly signer: Signer;
  readonly primitives: Primitives;
  /** Unix seconds. */
  readonly now: () => bigint;
  /** Receipts to a checkpoint. */
  readonly every: number;
  /** Milliseconds after which receipts are checkpointed even when they are fewer. */
  readonly within: number;
}

/** Signs the log's growth. Sees durable receipts only, so that no statement outlives what it is about. */
export interface Checkpointer {
  /** Takes leaves that were committed, in log order, and signs every batch that is full. Never throws. */
  add(leaves: readonly CommittedLeaf[]): void;
  /** Signs whatever waits, however little; throws when that cannot be stored. */
  checkpointNow(): void;
  /** Number of the last checkpoint, 0 before the first. */
  readonly lastSeq: number;
  /** Receipts that no checkpoint covers; null while the store cannot be read. */
  readonly waiting: number | null;
  /** Why the last attempt to sign or store failed; null when it did not. It is tried again. */
  readonly problem: string | null;
  /** Signs the rest and stops. */
  close(): void;
}

const PAGE = 500;

/**
 * Continues the log's chain of checkpoints. Everything is rebuilt from the store: the chain from its
 * statements, the open batch from the entries after the last one. After any failure it is rebuilt again,
 * since the store alone knows what became of a statement. Throws where the stored chain is broken.
 */
export function openCheckpointer(options: CheckpointerOptions): Checkpointer {
  const { receipts, checkpoints, signer, primitives, every } = options;
  let state: ChainState | null = null;
  let timer: NodeJS.Timeout | null = null;
  let problem: string | null = null;

  const sign = (at: ChainState): void => {
    const root = at.batch.root();
    if (root === null) {
      return;
    }
    const start = Number(at.covered) + 1;
    const end = start + at.batch.size - 1;
    const batch = { start, end, root, issuedAt: Number(options.now()) };
    const { publicKey } = signer;
    const draft = draftCheckpoint(2, batch, publicKey, at.last, at.chain, primitives);
    const record = draft.seal(signer.sign(draft.message));
    checkpoints.put(record.value);
    at.last = record;
    at.covered = BigInt(end);
    at.batch = new MerkleRange(primitives.sha256);
  };
  const take = (at: ChainState, leaf: Uint8Array): void => {
    at.batch.append(leaf);
    if (at.batch.size >= every) {
      sign(at);
    }
  };
  const next = (at: ChainState): bigint => at.covered + BigInt(at.batch.size) + 1n;
  /** The state, with every entry of the store in it. */
  const current = (): ChainState => {
    if (state !== null) {
      return state;
    }
    const loaded = storedChain(checkpoints, primitives);
    for (let page = PAGE; page === PAGE; ) {
      const entries = receipts.entriesAfter(next(loaded) - 1n, PAGE);
      for (const { json } of entries) {
        take(loaded, textLeafHash(json, primitives));
      }
      page = entries.length;
    }
    state = loaded;
    return loaded;
  };
  const work = (step: (at: ChainState) => void): void => {
    try {
      step(current());
      problem = null;
    } catch (thrown) {
      state = null;
      problem = thrown instanceof Error ? thrown.message : String(thrown);
      throw thrown;
    } finally {
      wait();
    }
  };
  const quietly = (step: (at: ChainState) => void): void => {
    try {
      work(step);
    } catch {
      // Receipts are durable and acknowledged already; `problem` says what is owed, and it is tried again.
    }
  };
  const wait = (): void => {
    if (timer === null && (state === null || state.batch.size > 0)) {
      timer = setTimeout(() => {
        timer = null;
        quietly(sign);
      }, options.within);
      timer.unref();
    }
  };
  const stop = (): void => {
    if (timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  };

  work(() => undefined);
  return {
    add(leaves) {
      quietly((at) => {
        for (const { entrySeq, leaf } of leaves) {
          // After a rebuild the store had these entries already.
          if (entrySeq === next(at)) {
            take(at, leaf);
          }
        }
      });
    },
    checkpointNow: () => work(sign),
    get lastSeq() {
      return state?.last?.seq ?? 0;
    },
    get waiting() {
      return state?.batch.size ?? null;
    },
    get problem() {
      return problem;
    },
    close() {
      try {
        work(sign);
      } finally {
        stop();
      }
    },
  };
}
