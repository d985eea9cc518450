import { conditionOf, type ReceiptFilter } from "./receipt-filter.ts";
import { type Connection, integerAt, textAt } from "./sqlite.ts";

export interface PageRequest {
  /** Number of the last receipt that was seen; receipts after it follow. */
  readonly cursor: bigint | null;
  /** 50 unless told, at least 1 and at most 200. */
  readonly limit: bigint | null;
}

export interface ReceiptPage {
  /** Receipts that fit the filter, whatever the page. */
  readonly totalCount: bigint;
  /** Null on the last page. */
  readonly nextCursor: bigint | null;
  /** Canonical texts, in the order of the log. */
  readonly receipts: readonly string[];
}

const DEFAULT_LIMIT = 50n;
const LARGEST_LIMIT = 200n;
const LARGEST_CURSOR = (1n << 63n) - 1n;

/** Tool receipts that fit a filter, a page at a time (kernel semantics 6.2). */
export function queryReceipts(
  connection: Connection,
  filter: ReceiptFilter,
  page: PageRequest,
): ReceiptPage {
  const { sql, values } = conditionOf(filter);
  const limit = clamped(page.limit ?? DEFAULT_LIMIT, LARGEST_LIMIT);
  const total = connection
    .prepare(`SELECT COUNT(*) FROM chio_tool_receipts WHERE ${sql}`)
    .first(...values);
  const cursor = page.cursor ?? 0n;
  // One more than the page, to know whether there is another.
  const rows = connection
    .prepare(
      `SELECT seq, raw_json FROM chio_tool_receipts WHERE ${sql} AND seq > ? ORDER BY seq LIMIT ?`,
    )
    .all(...values, cursor > LARGEST_CURSOR ? LARGEST_CURSOR : cursor, limit + 1n);
  const shown = rows.slice(0, Number(limit));
  const last = shown.at(-1);
  return {
    totalCount: integerAt(total ?? [], 0),
    nextCursor: rows.length > shown.length && last !== undefined ? integerAt(last, 0) : null,
    receipts: shown.map((row) => textAt(row, 1)),
  };
}

/** A limit within 1 and `largest`. */
export function clamped(limit: bigint, largest: bigint): bigint {
  if (limit < 1n) {
    return 1n;
  }
  return limit > largest ? largest : limit;
}
