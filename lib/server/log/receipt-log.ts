import type { Primitives } from "@/kernel/primitives.ts";
import type { BudgetStore } from "../store/budget-store.ts";
import type { LineageStore } from "../store/lineage-store.ts";
import type { NonceStore, TakenNonce } from "../store/nonce-store.ts";
import { type ReceiptRow, receiptRow } from "../store/receipt-row.ts";
import type { AppendedRow, ReceiptStore } from "../store/receipt-store.ts";
import type { RevocationStore } from "../store/revocation-store.ts";
import { isConstraintViolation } from "../store/sqlite.ts";
import { type Appended, type LogEntry, NOTHING_RESERVED, type Reservation } from "./log-entry.ts";

/** What a commit brought into the checkpointed sequence. */
export interface CommittedLeaf {
  readonly entrySeq: bigint;
  readonly leaf: Uint8Array;
}

export interface ReceiptLogPorts {
  readonly receipts: ReceiptStore;
  readonly lineage: LineageStore;
  readonly budgets: BudgetStore;
  readonly revocations: RevocationStore;
  readonly nonces: NonceStore;
  readonly primitives: Primitives;
  /** Unix seconds. */
  readonly now: () => bigint;
  /** Called after each commit, with durable receipts only. */
  readonly onCommitted: (leaves: readonly CommittedLeaf[]) => void;
}

export interface ReceiptLog {
  /** Resolves when the entry is durable, and not before; rejects when nothing of it was acknowledged. */
  append(entry: LogEntry): Promise<Appended>;
  /** Makes budget events and nonces durable before the call that they are for runs. */
  reserve(reservation: Reservation): Promise<void>;
  /** Waits for everything that was handed in; afterwards nothing is taken any more. */
  close(): Promise<void>;
}

/** Entries that go into one transaction: bounded, so that no caller waits for an endless one. */
const MOST_IN_A_COMMIT = 512;

interface Waiting {
  readonly rows: readonly ReceiptRow[];
  readonly reservation: Reservation;
  readonly lineage: LogEntry["lineage"];
  readonly resolve: (rows: readonly AppendedRow[]) => void;
  readonly reject: (problem: unknown) => void;
}

/**
 * The log of one process. Entries that arrive in the same turn of the event loop share one transaction and
 * one sync of the disk. Budgets and nonces are committed before the receipt: a crash between the two may
 * keep a spend without its receipt, never a receipt or an answer without its spend.
 */
export function receiptLog(ports: ReceiptLogPorts): ReceiptLog {
  const queue: Waiting[] = [];
  let scheduled = false;
  let closed = false;
  let drained: (() => void) | null = null;

  const flush = (): void => {
    scheduled = false;
    const batch = queue.splice(0, MOST_IN_A_COMMIT);
    commitAll(batch, ports);
    schedule();
    if (queue.length === 0) {
      drained?.();
    }
  };
  const schedule = (): void => {
    if (!scheduled && queue.length > 0) {
      scheduled = true;
      setImmediate(flush);
    }
  };
  const hand = (
    rows: readonly ReceiptRow[],
    reservation: Reservation,
    lineage: LogEntry["lineage"],
  ): Promise<readonly AppendedRow[]> =>
    closed
      ? Promise.reject(new Error("the receipt log is closed"))
      : new Promise((resolve, reject) => {
          queue.push({ rows, reservation, lineage, resolve, reject });
          schedule();
        });

  return {
    async append({ receipt, beside = [], lineage, ...reserved }) {
      const rows = [receipt, ...beside].map((one) => receiptRow(one, ports.primitives));
      const [first] = await hand(rows, { ...NOTHING_RESERVED, ...reserved }, lineage);
      if (first === undefined) {
        throw new Error("an entry without a row");
      }
      return first;
    },
    async reserve(reservation) {
      await hand([], reservation, []);
    },
    async close() {
      closed = true;
      if (queue.length > 0) {
        await new Promise<void>((resolve) => {
          drained = resolve;
        });
      }
    },
  };
}

/** One transaction for all; where a row of one is refused, each by itself, so that it fails alone. */
function commitAll(batch: readonly Waiting[], ports: ReceiptLogPorts): void {
  try {
    settle(batch, commit(batch, ports));
  } catch (problem) {
    if (batch.length > 1 && isRefusal(problem)) {
      for (const one of batch) {
        commitAll([one], ports);
      }
      return;
    }
    for (const { reject } of batch) {
      reject(problem);
    }
  }
}

/** What a single entry is to blame for: a repeated id, an event that does not fit. */
function isRefusal(problem: unknown): boolean {
  return problem instanceof RangeError || isConstraintViolation(problem);
}

function settle(batch: readonly Waiting[], appended: readonly (readonly AppendedRow[])[]): void {
  batch.forEach(({ resolve }, index) => {
    resolve(appended[index] ?? []);
  });
}

function commit(
  batch: readonly Waiting[],
  ports: ReceiptLogPorts,
): readonly (readonly AppendedRow[])[] {
  const { receipts, lineage, budgets, revocations, nonces } = ports;
  const now = ports.now();
  const events = batch.flatMap(({ reservation }) => reservation.budget);
  const taken: readonly TakenNonce[] = batch.flatMap(({ reservation }) => reservation.nonces);
  if (taken.length > 0) {
    revocations.connection.write(() => nonces.record(taken, now));
  }
  if (events.length > 0) {
    budgets.connection.write(() => budgets.record(events, now));
  }
  if (!batch.some((one) => one.rows.length > 0 || (one.lineage?.length ?? 0) > 0)) {
    return [];
  }
  const appended = receipts.connection.write(() =>
    batch.map((one) => {
      for (const row of one.lineage ?? []) {
        lineage.record(row);
      }
      return receipts.append(one.rows);
    }),
  );
  ports.onCommitted(leavesOf(batch, appended));
  return appended;
}

function leavesOf(
  batch: readonly Waiting[],
  appended: readonly (readonly AppendedRow[])[],
): readonly CommittedLeaf[] {
  return batch.flatMap(({ rows }, entry) =>
    rows.flatMap((row, index): CommittedLeaf[] => {
      const entrySeq = appended[entry]?.[index]?.entrySeq ?? null;
      return row.kind === "http" || entrySeq === null ? [] : [{ entrySeq, leaf: row.leaf }];
    }),
  );
}
