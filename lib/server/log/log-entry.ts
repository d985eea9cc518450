import type { BudgetEvent } from "@/kernel/economics/model.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { LineageRow } from "../store/lineage-store.ts";
import type { TakenNonce } from "../store/nonce-store.ts";

/** What must be durable before a tool runs: a crash afterwards must not forget that it was paid for. */
export interface Reservation {
  readonly budget: readonly BudgetEvent[];
  readonly nonces: readonly TakenNonce[];
}

export const NOTHING_RESERVED: Reservation = { budget: [], nonces: [] };

/** What one evaluation adds to the log, all of it or nothing. */
export interface LogEntry extends Partial<Reservation> {
  /** A signed tool, child or HTTP receipt; its form decides where it is kept. */
  readonly receipt: JsonObject;
  /** Receipts that belong to the same answer, such as the HTTP receipt of a tool call. */
  readonly beside?: readonly JsonObject[];
  readonly lineage?: readonly LineageRow[];
}

export interface Appended {
  /** The number of `receipt` in its table: the cursor of queries, and `seq` of an export. */
  readonly seq: bigint;
  /** Its place among checkpointed receipts; null for an HTTP receipt. */
  readonly entrySeq: bigint | null;
}
