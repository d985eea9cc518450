import type { EventField, Evidence } from "@/lib/denials/model.ts";
import type { Alert } from "@/lib/rules/model.ts";
import type { ReceiptStatus } from "@/lib/verification/report.ts";

/** What arrived, as the table shows it; a row is a receipt, a claim, or a line that was not understood. */
export interface LiveRow {
  /** Counts from 1 in the order of arrival. */
  readonly number: number;
  readonly kind: "receipt" | "claim" | "failure" | "not-understood";
  /** Unix seconds, as the record says; null for none. */
  readonly second: number | null;
  readonly decision: "allow" | "deny" | "cancelled" | "incomplete" | "none";
  /** Null where there is no receipt to judge. */
  readonly status: ReceiptStatus | "unsigned" | null;
  readonly id: string;
  readonly agent: string;
  readonly service: string;
  readonly tool: string;
  readonly guard: string;
  readonly reason: string;
  /** The same receipt came before: it is shown, and counted once. */
  readonly isCopy: boolean;
}

/** Rows that stay to be shown; what came before them is counted, and can be loaded into the explorer. */
export const RING_ROWS = 5_000;

/** Exact counts of everything that arrived since the source was opened. */
export interface LiveCounts {
  readonly rows: number;
  readonly receipts: number;
  /** Signed by a key that is pinned, with or without a checkpoint. */
  readonly verified: number;
  readonly selfConsistent: number;
  readonly doesNotVerify: number;
  readonly notChecked: number;
  readonly denials: number;
  readonly claims: number;
  readonly failures: number;
  readonly notUnderstood: number;
  readonly copies: number;
  readonly alerts: number;
  readonly heldAlerts: number;
  /** Decisions that came later than a window after newer ones, or from the future: in no window. */
  readonly outOfTime: number;
}

export const NO_COUNTS: LiveCounts = {
  rows: 0,
  receipts: 0,
  verified: 0,
  selfConsistent: 0,
  doesNotVerify: 0,
  notChecked: 0,
  denials: 0,
  claims: 0,
  failures: 0,
  notUnderstood: 0,
  copies: 0,
  alerts: 0,
  heldAlerts: 0,
  outOfTime: 0,
};

/** One decision as the streaming rules take it. */
export interface LiveEvent {
  /** Number of the {@link LiveRow}. */
  readonly row: number;
  readonly second: number | null;
  readonly isDenied: boolean;
  readonly evidence: Evidence;
  readonly fields: Readonly<Record<EventField, string>>;
}

/** An alert of the stream; `rows` are numbers of {@link LiveRow}s. A later one of the same number replaces it. */
export interface LiveAlert {
  readonly number: number;
  readonly name: string;
  readonly alert: Alert;
}

/** How the source stands. */
export type SourceState =
  | { readonly kind: "off" }
  | {
      readonly kind: "file";
      readonly name: string;
      readonly size: number;
      /** Octets that were read and are not part of a line that is still being written. */
      readonly read: number;
      /** Octets of the last line, which has no end yet. */
      readonly waiting: number;
      readonly notices: readonly string[];
      readonly isReading: boolean;
    }
  | {
      readonly kind: "server";
      readonly url: string;
      readonly phase: "connecting" | "following" | "waiting" | "refused";
      /** Milliseconds until the next attempt, and how many failed in a row. */
      readonly retryMs: number;
      readonly attempts: number;
      /** Number in the log of the last receipt whose number is known. */
      readonly cursor: string | null;
      /** Receipts of the log that were not read yet. */
      readonly behind: number | null;
      readonly requests: number;
      readonly problem: string | null;
    }
  | { readonly kind: "ended"; readonly reason: string };
