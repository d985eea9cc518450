import type { Bound } from "./sqlite.ts";

export const OUTCOMES = ["allow", "deny", "cancelled", "incomplete"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What receipts are asked for (kernel semantics 6.2); every condition that is not null must hold. */
export interface ReceiptFilter {
  readonly capabilityId: string | null;
  readonly toolServer: string | null;
  readonly toolName: string | null;
  readonly outcome: Outcome | null;
  /** Unix seconds, both inclusive. */
  readonly since: bigint | null;
  readonly until: bigint | null;
  /** Minor units, both inclusive; a receipt that charges nothing fits neither. */
  readonly minCost: bigint | null;
  readonly maxCost: bigint | null;
  /** The key that a receipt attributes itself to, or that its capability was issued to. */
  readonly agentSubject: string | null;
  /** Who may see: from the authenticated caller, never from the query. */
  readonly tenantId: string | null;
}

export const EVERY_RECEIPT: ReceiptFilter = {
  capabilityId: null,
  toolServer: null,
  toolName: null,
  outcome: null,
  since: null,
  until: null,
  minCost: null,
  maxCost: null,
  agentSubject: null,
  tenantId: null,
};

/** A condition on `chio_tool_receipts`: text of ours, and the caller's values beside it. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly Bound[];
}

const LARGEST_I64 = (1n << 63n) - 1n;

/**
 * The digits of an amount in a JSON column, or null. Amounts reach 2^64 - 1, where SQLite's numbers lose
 * digits: they are compared and added as the decimal text that was signed. Both arguments are ours.
 */
export function amountIn(column: string, path: string): string {
  return `CASE WHEN json_type(${column}, '${path}') = 'integer' THEN ${column} -> '${path}' END`;
}

const CHARGED = amountIn("raw_json", "$.metadata.financial.cost_charged");

export function conditionOf(filter: ReceiptFilter): Condition {
  const parts: Condition[] = [];
  const equal = (column: string, value: string | null): void => {
    if (value !== null) {
      parts.push({ sql: `${column} = ?`, values: [value] });
    }
  };
  equal("capability_id", filter.capabilityId);
  equal("tool_server", filter.toolServer);
  equal("tool_name", filter.toolName);
  equal("decision_kind", filter.outcome);
  equal("tenant_id", filter.tenantId);
  if (filter.since !== null) {
    parts.push(
      filter.since > LARGEST_I64
        ? { sql: "0", values: [] }
        : { sql: "timestamp >= ?", values: [filter.since] },
    );
  }
  if (filter.until !== null && filter.until <= LARGEST_I64) {
    parts.push({ sql: "timestamp <= ?", values: [filter.until] });
  }
  if (filter.minCost !== null) {
    parts.push(comparedToCharge(">", filter.minCost));
  }
  if (filter.maxCost !== null) {
    parts.push(comparedToCharge("<", filter.maxCost));
  }
  if (filter.agentSubject !== null) {
    parts.push({
      sql: `(subject_key = ? OR capability_id IN (
        SELECT capability_id FROM capability_lineage WHERE subject_key = ?))`,
      values: [filter.agentSubject, filter.agentSubject],
    });
  }
  return {
    sql: parts.length === 0 ? "1" : parts.map(({ sql }) => sql).join(" AND "),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Digits without leading zeros are ordered by their number, then by themselves. */
function comparedToCharge(sign: ">" | "<", units: bigint): Condition {
  const digits = String(units);
  return {
    sql: `(length(${CHARGED}) ${sign} ? OR (length(${CHARGED}) = ? AND ${CHARGED} ${sign}= ?))`,
    values: [BigInt(digits.length), BigInt(digits.length), digits],
  };
}
