import type { BudgetBook } from "@/kernel/economics/book.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { Signer } from "@/kernel/signer.ts";
import { openBudgetStore } from "../store/budget-store.ts";
import { type CheckpointStore, checkpointStore } from "../store/checkpoint-store.ts";
import { type LineageStore, lineageStore } from "../store/lineage-store.ts";
import { loadBudgets } from "../store/load-budgets.ts";
import { type NonceStore, nonceStore } from "../store/nonce-store.ts";
import { openReceiptStore, type ReceiptStore } from "../store/receipt-store.ts";
import { openRevocationStore, type RevocationStore } from "../store/revocation-store.ts";
import { type Checkpointer, openCheckpointer } from "./checkpointer.ts";
import { type ReceiptLog, receiptLog } from "./receipt-log.ts";

export interface OpenLogOptions {
  /** A data directory that this process has locked. */
  readonly directory: string;
  /** The `checkpoint` role's. */
  readonly signer: Signer;
  readonly primitives: Primitives;
  /** Unix seconds. */
  readonly now: () => bigint;
  /** Receipts to a checkpoint, and milliseconds after which fewer are signed. */
  readonly checkpointEvery: number;
  readonly checkpointWithin: number;
}

/** The durable side of a server: what was opened belongs together and is closed together. */
export interface OpenLog {
  readonly log: ReceiptLog;
  readonly checkpointer: Checkpointer;
  readonly receipts: ReceiptStore;
  readonly checkpoints: CheckpointStore;
  readonly lineage: LineageStore;
  readonly revocations: RevocationStore;
  readonly nonces: NonceStore;
  /** In memory, as the store had it; the log's entries keep both in step. */
  readonly book: BudgetBook;
  /** Waits for what was handed in, checkpoints it and closes the stores. */
  close(): Promise<void>;
}

/** Opens the stores of a data directory, makes what is absent, and continues the log. A plain restart is enough. */
export function openLog(options: OpenLogOptions): OpenLog {
  const { directory, signer, primitives, now } = options;
  const receipts = openReceiptStore(directory);
  const budgets = openBudgetStore(directory);
  const revocations = openRevocationStore(directory);
  const checkpoints = checkpointStore(receipts.connection);
  const lineage = lineageStore(receipts.connection);
  const nonces = nonceStore(revocations.connection, now());
  const checkpointer = openCheckpointer({
    receipts,
    checkpoints,
    signer,
    primitives,
    now,
    every: options.checkpointEvery,
    within: options.checkpointWithin,
  });
  const log = receiptLog({
    receipts,
    lineage,
    budgets,
    revocations,
    nonces,
    primitives,
    now,
    onCommitted: (leaves) => checkpointer.add(leaves),
  });
  return {
    log,
    checkpointer,
    receipts,
    checkpoints,
    lineage,
    revocations,
    nonces,
    book: loadBudgets(budgets),
    async close() {
      await log.close();
      try {
        checkpointer.close();
      } finally {
        receipts.close();
        budgets.close();
        revocations.close();
      }
    },
  };
}
