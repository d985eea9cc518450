import type { Money } from "../capability/model.ts";
import type { JsonObject } from "../json/value.ts";
import { jsonInteger } from "../record-members.ts";
import type { CostReport, Hold } from "./model.ts";

/** How a hold ends after its call (kernel semantics 3.3, without an oracle for exchange rates). */
export interface Settlement {
  /** What the ledger keeps as spent: never more than was held, or than was left of a total without a cap. */
  readonly realized: bigint;
  /** What the receipt says the call has cost. */
  readonly costCharged: bigint;
  readonly settlementStatus: "settled" | "failed";
  /** The tool says that the call cost more than was set aside. */
  readonly overrun: boolean;
  /** The tool names another currency, or less than nothing: its figure cannot be used. */
  readonly misreported: boolean;
  readonly reported: CostReport | null;
}

/**
 * Compares what was held with what the tool reports. The tool ran: the receipt stays an allow, and a cost that
 * does not fit is marked failed and gets a reconciliation receipt of its own. A hold without a cost ignores
 * any report.
 */
export function settle(hold: Hold, report: CostReport | null): Settlement {
  const asHeld: Settlement = {
    realized: hold.units,
    costCharged: hold.units,
    settlementStatus: "settled",
    overrun: false,
    misreported: false,
    reported: report,
  };
  if (report === null || hold.currency === null) {
    return asHeld;
  }
  if (report.currency !== hold.currency || report.units < 0n) {
    return { ...asHeld, settlementStatus: "failed", misreported: true };
  }
  const most = mostOf(hold);
  const overrun = report.units > most;
  return {
    ...asHeld,
    realized: overrun ? most : report.units,
    costCharged: report.units,
    settlementStatus: overrun ? "failed" : "settled",
    overrun,
  };
}

/** What the call may cost: what is held, or without a cap what was left of the total when it began. */
function mostOf(hold: Hold): bigint {
  return hold.capped || hold.total === null ? hold.units : hold.total.units - hold.committedAfter;
}

/** Whether a settlement needs a signed receipt of its own. */
export function needsReconciliation({ overrun, misreported }: Settlement): boolean {
  return overrun || misreported;
}

export interface ReconciliationInput {
  readonly originalReceiptId: string;
  readonly held: Money;
  readonly reported: CostReport;
  readonly realized: bigint;
}

/** What the receipt of a reconciliation is about; the caller signs it as any other receipt. */
export interface ReconciliationAction {
  readonly toolServer: "chio";
  readonly toolName: "settlement:reconcile";
  readonly parameters: JsonObject;
  readonly metadata: JsonObject;
}

/**
 * The action and metadata of the receipt that names a call whose reported cost does not fit what was held
 * (kernel semantics 3.4). Upstream keeps this beside the log, unsigned.
 */
export function reconciliationAction(input: ReconciliationInput): ReconciliationAction {
  const reconciliation = {
    original_receipt_id: input.originalReceiptId,
    held: money(input.held),
    reported: money(input.reported),
    realized: money({ units: input.realized, currency: input.held.currency }),
  };
  return {
    toolServer: "chio",
    toolName: "settlement:reconcile",
    parameters: reconciliation,
    metadata: { reconciliation },
  };
}

function money({ units, currency }: Money): JsonObject {
  return { units: jsonInteger(units), currency };
}
