import type { JsonObject } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { amountIn, conditionOf, type ReceiptFilter } from "./receipt-filter.ts";
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
  const { sql, values } = conditionOf(filter);
  const limit = clamped(request.groupLimit ?? DEFAULT_GROUPS, LARGEST_GROUPS);
  const width = SECONDS[request.timeBucket];
  const rows = connection.prepare(statementFor(sql)).all(width, ...values, limit, limit, limit);
  const ofKind = (kind: bigint): readonly Row[] => rows.filter((row) => row[0] === kind);
  const [summary = []] = ofKind(SUMMARY);
  return {
    summary: metricsOf(summary),
    byAgent: ofKind(AGENT).map((row) => ({
      subjectKey: textOrNullAt(row, 1),
      metrics: metricsOf(row),
    })),
    byTool: ofKind(TOOL).map((row) => ({
      toolServer: textAt(row, 1),
      toolName: textAt(row, 2),
      metrics: metricsOf(row),
    })),
    byTime: ofKind(TIME)
      .toReversed()
      .map((row) => ({
        bucketStart: jsonInteger(integerAt(row, 1)),
        bucketEnd: jsonInteger(integerAt(row, 1) + width),
        metrics: metricsOf(row),
      })),
  };
}

/** What a row groups by: its first column. */
const SUMMARY = 0n;
const AGENT = 1n;
const TOOL = 2n;
const TIME = 3n;
/** Columns before it: the kind, and up to two names of the group. */
const FIRST_METRIC = 3;

const METRICS = [
  "COUNT(*)",
  ...["allow", "deny", "cancelled", "incomplete"].map(
    (outcome) => `COALESCE(SUM(decision_kind = '${outcome}'), 0)`,
  ),
  "COUNT(DISTINCT currency)",
  ...["charged", "attempted"].flatMap(halves),
].join(", ");

function halves(amount: string): readonly string[] {
  const high = `substr(${amount}, 1, max(length(${amount}) - ${HALF_DIGITS}, 0))`;
  const low = `substr(${amount}, -${HALF_DIGITS})`;
  return [high, low].map((digits) => `COALESCE(SUM(CAST(${digits} AS INTEGER)), 0)`);
}

/** One pass over the receipts: each is parsed once, and where it names no amount not at all. */
function statementFor(condition: string): string {
  return `WITH receipts AS MATERIALIZED (
      SELECT subject_key, tool_server, tool_name, decision_kind, timestamp - timestamp % ? AS bucket,
        CASE WHEN instr(raw_json, '"financial"') > 0 THEN raw_json -> '$.metadata.financial' END AS financial
      FROM chio_tool_receipts WHERE ${condition}
    ), facts AS MATERIALIZED (
      SELECT subject_key, tool_server, tool_name, decision_kind, bucket,
        CASE WHEN json_type(financial) = 'object' THEN COALESCE(financial ->> '$.currency', '') END
          AS currency,
        ${amountIn("financial", "$.cost_charged")} AS charged,
        ${amountIn("financial", "$.attempted_cost")} AS attempted
      FROM receipts
    )
    SELECT ${SUMMARY}, NULL, NULL, ${METRICS} FROM facts
    UNION ALL SELECT * FROM (
      SELECT ${AGENT}, subject_key, NULL, ${METRICS} FROM facts
      GROUP BY subject_key ORDER BY COUNT(*) DESC, subject_key LIMIT ?)
    UNION ALL SELECT * FROM (
      SELECT ${TOOL}, tool_server, tool_name, ${METRICS} FROM facts
      GROUP BY tool_server, tool_name ORDER BY COUNT(*) DESC, tool_server, tool_name LIMIT ?)
    UNION ALL SELECT * FROM (
      SELECT ${TIME}, bucket, NULL, ${METRICS} FROM facts
      GROUP BY bucket ORDER BY bucket DESC LIMIT ?)`;
}

function metricsOf(row: Row): JsonObject {
  const at = (index: number): bigint => integerAt(row, FIRST_METRIC + index);
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
