import type { JsonObject } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { amountText, type Condition, conditionOf, type ReceiptFilter } from "./receipt-filter.ts";
import { clamped } from "./receipt-query.ts";
import { type Connection, integerAt, type Row, textAt, textOrNullAt } from "./sqlite.ts";

export interface AnalyticsRequest {
  /** Groups of each kind: 50 unless told, at most 200. */
  readonly groupLimit: bigint | null;
  readonly timeBucket: "hour" | "day";
}

const DEFAULT_GROUPS = 50n;
const LARGEST_GROUPS = 200n;
const SECONDS = { hour: 3600n, day: 86_400n } as const;
/** Amounts are added in two halves of their digits, since neither half can leave 64 bits. */
const HALF_DIGITS = 9;
const HALF = 10n ** BigInt(HALF_DIGITS);

/**
 * Counts and costs of the receipts that fit a filter: in all, by agent, by tool and by time (kernel semantics
 * 6.2). Agents and tools with most receipts come first; of times, the latest are kept, in order. The end of a
 * bucket is exclusive. Amounts of several currencies have no sum, which is then null.
 */
export function receiptAnalytics(
  connection: Connection,
  filter: ReceiptFilter,
  request: AnalyticsRequest,
): JsonObject {
  const condition = conditionOf(filter);
  const limit = clamped(request.groupLimit ?? DEFAULT_GROUPS, LARGEST_GROUPS);
  const width = SECONDS[request.timeBucket];
  const [summary = []] = grouped(connection, condition, [], "", []);
  const agents = grouped(
    connection,
    condition,
    ["subject_key"],
    "GROUP BY subject_key ORDER BY COUNT(*) DESC, subject_key LIMIT ?",
    [limit],
  );
  const tools = grouped(
    connection,
    condition,
    ["tool_server", "tool_name"],
    "GROUP BY tool_server, tool_name ORDER BY COUNT(*) DESC, tool_server, tool_name LIMIT ?",
    [limit],
  );
  const bucket = `timestamp - timestamp % ${width}`;
  const times = grouped(
    connection,
    condition,
    [bucket],
    `GROUP BY ${bucket} ORDER BY ${bucket} DESC LIMIT ?`,
    [limit],
  );
  return {
    summary: metricsOf(summary, 0),
    byAgent: agents.map((row) => ({
      subjectKey: textOrNullAt(row, 0),
      metrics: metricsOf(row, 1),
    })),
    byTool: tools.map((row) => ({
      toolServer: textAt(row, 0),
      toolName: textAt(row, 1),
      metrics: metricsOf(row, 2),
    })),
    byTime: times.toReversed().map((row) => ({
      bucketStart: jsonInteger(integerAt(row, 0)),
      bucketEnd: jsonInteger(integerAt(row, 0) + width),
      metrics: metricsOf(row, 1),
    })),
  };
}

const COUNTS = ["allow", "deny", "cancelled", "incomplete"].map(
  (outcome) => `COALESCE(SUM(decision_kind = '${outcome}'), 0)`,
);
const CURRENCIES =
  "COUNT(DISTINCT CASE WHEN json_type(raw_json, '$.metadata.financial') = 'object' THEN COALESCE(raw_json ->> '$.metadata.financial.currency', '') END)";
const METRICS = [
  "COUNT(*)",
  ...COUNTS,
  CURRENCIES,
  ...halves(amountText("cost_charged")),
  ...halves(amountText("attempted_cost")),
].join(", ");

function halves(amount: string): readonly string[] {
  const high = `substr(${amount}, 1, max(length(${amount}) - ${HALF_DIGITS}, 0))`;
  const low = `substr(${amount}, -${HALF_DIGITS})`;
  return [high, low].map((digits) => `COALESCE(SUM(CAST(${digits} AS INTEGER)), 0)`);
}

/** Rows of the grouping columns followed by the metrics. All of the text is ours. */
function grouped(
  connection: Connection,
  { sql, values }: Condition,
  columns: readonly string[],
  grouping: string,
  more: readonly bigint[],
): readonly Row[] {
  const list = [...columns, METRICS].join(", ");
  return connection
    .prepare(`SELECT ${list} FROM chio_tool_receipts WHERE ${sql} ${grouping}`)
    .all(...values, ...more);
}

function metricsOf(row: Row, from: number): JsonObject {
  const at = (index: number): bigint => integerAt(row, from + index);
  const [total, allow, deny, cancelled, incomplete] = [at(0), at(1), at(2), at(3), at(4)];
  const isOneCurrency = at(5) <= 1n;
  const charged = at(6) * HALF + at(7);
  const attempted = at(8) * HALF + at(9);
  return {
    totalReceipts: jsonInteger(total),
    allowCount: jsonInteger(allow),
    denyCount: jsonInteger(deny),
    cancelledCount: jsonInteger(cancelled),
    incompleteCount: jsonInteger(incomplete),
    totalCostCharged: isOneCurrency ? jsonInteger(charged) : null,
    totalAttemptedCost: isOneCurrency ? jsonInteger(attempted) : null,
    reliabilityScore: ratio(allow, allow + cancelled + incomplete),
    complianceRate: ratio(total - deny, total),
    budgetUtilizationRate: isOneCurrency ? ratio(charged, charged + attempted) : null,
  };
}

/** Null where nothing was counted: 0 would be a statement. */
function ratio(part: bigint, whole: bigint): number | null {
  return whole === 0n ? null : Number(part) / Number(whole);
}
