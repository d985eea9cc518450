import { join } from "node:path";
import checkpointTables from "./checkpoints.sql";
import type { ChildRow, HttpRow, ReceiptRow, ToolRow } from "./receipt-row.ts";
import receiptTables from "./receipts.sql";
import { type Connection, integerAt, openStoreFile, type Row, textAt } from "./sqlite.ts";

export const RECEIPT_STORE = "receipts.sqlite3";

/** A place in the checkpointed sequence, which counts tool and child receipts together. */
export interface LogEntryRow {
  readonly entrySeq: bigint;
  readonly kind: "tool" | "child";
  /** The number in the receipt's own table. */
  readonly seq: bigint;
  readonly json: string;
}

export interface HttpReceiptRow {
  /** The number in the table. */
  readonly number: bigint;
  readonly json: string;
}

/** What an append came to: the number in the receipt's own table, and its place in the log. */
export interface AppendedRow {
  readonly seq: bigint;
  /** Null for HTTP receipts, which no checkpoint covers. */
  readonly entrySeq: bigint | null;
}

/** The durable log of receipts. One writer; every method is one statement or one transaction of its caller. */
export interface ReceiptStore {
  readonly connection: Connection;
  /** Appends rows; call inside `connection.write`. Throws where a row did not become exactly one entry. */
  append(rows: readonly ReceiptRow[]): readonly AppendedRow[];
  /** The place that the next tool or child receipt gets. */
  nextEntrySeq(): bigint;
  /** Entries from `after` (exclusive) on in log order, at most `limit`. */
  entriesAfter(after: bigint, limit: number): readonly LogEntryRow[];
  /** HTTP receipts from the number `after` (exclusive) on in the order of their table, at most `limit`. */
  httpAfter(after: bigint, limit: number): readonly HttpReceiptRow[];
  /** The canonical text of a receipt of any table, or null. */
  byId(id: string): string | null;
  close(): void;
}

/** Opens `receipts.sqlite3` of a data directory. */
export function openReceiptStore(directory: string): ReceiptStore {
  const connection = openStoreFile(join(directory, RECEIPT_STORE), {
    schema: [receiptTables, checkpointTables],
  });
  return receiptStore(connection);
}

/** The same statements over a connection that may be for reading alone. */
export function receiptStore(connection: Connection): ReceiptStore {
  const nextEntry = connection.prepare(
    "SELECT COALESCE(MAX(entry_seq), 0) FROM claim_receipt_log_entries",
  );
  const entries = connection.prepare(
    `SELECT entry_seq, receipt_kind, source_seq, raw_json FROM claim_receipt_log_entries
     WHERE entry_seq > ? ORDER BY entry_seq LIMIT ?`,
  );
  const http = connection.prepare(
    "SELECT rowid, receipt_json FROM http_receipts WHERE rowid > ? ORDER BY rowid LIMIT ?",
  );
  const byId = connection.prepare(
    `SELECT raw_json FROM claim_receipt_log_entries WHERE receipt_id = ?1
     UNION ALL SELECT receipt_json FROM http_receipts WHERE id = ?1 LIMIT 1`,
  );
  const inserts = prepareInserts(connection);
  const lastEntrySeq = (): bigint => integerAt(nextEntry.first() ?? [], 0);
  return {
    connection,
    append(rows) {
      let last = lastEntrySeq();
      return rows.map((row): AppendedRow => {
        const seq = inserts(row);
        if (row.kind === "http") {
          return { seq, entrySeq: null };
        }
        // The trigger ignores a repeated id: then a receipt would be stored that no checkpoint ever covers.
        last += 1n;
        if (lastEntrySeq() !== last) {
          throw new RangeError(`receipt ${row.id} did not become entry ${last} of the log`);
        }
        return { seq, entrySeq: last };
      });
    },
    nextEntrySeq: () => lastEntrySeq() + 1n,
    entriesAfter: (after, limit) => entries.all(after, BigInt(limit)).map(entryOf),
    httpAfter: (after, limit) =>
      http
        .all(after, BigInt(limit))
        .map((row) => ({ number: integerAt(row, 0), json: textAt(row, 1) })),
    byId(id) {
      const row = byId.first(id);
      return row === null ? null : textAt(row, 0);
    },
    close: () => connection.close(),
  };
}

function entryOf(row: Row): LogEntryRow {
  return {
    entrySeq: integerAt(row, 0),
    kind: textAt(row, 1) === "child_receipt" ? "child" : "tool",
    seq: integerAt(row, 2),
    json: textAt(row, 3),
  };
}

/** Inserts a row into the table of its kind and returns its number there. */
function prepareInserts(connection: Connection): (row: ReceiptRow) => bigint {
  const tool = connection.prepare(
    `INSERT INTO chio_tool_receipts (
       receipt_id, timestamp, capability_id, subject_key, issuer_key, grant_index, tool_server,
       tool_name, decision_kind, policy_hash, content_hash, raw_json, tenant_id
     ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
  );
  const child = connection.prepare(
    `INSERT INTO chio_child_receipts (
       receipt_id, timestamp, session_id, parent_request_id, request_id, operation_kind,
       terminal_state, policy_hash, outcome_hash, raw_json
     ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
  );
  const http = connection.prepare(
    `INSERT INTO http_receipts (id, request_id, timestamp, receipt_json) VALUES (?, ?, ?, ?)
     RETURNING rowid`,
  );
  return (row) => {
    switch (row.kind) {
      case "tool":
        return integerAt(tool.first(...toolValues(row)) ?? [], 0);
      case "child":
        return integerAt(child.first(...childValues(row)) ?? [], 0);
      case "http":
        return integerAt(http.first(...httpValues(row)) ?? [], 0);
    }
  };
}

function toolValues(row: ToolRow): readonly (string | bigint | null)[] {
  return [
    row.id,
    row.timestamp,
    row.capabilityId,
    row.subjectKey,
    row.issuerKey,
    row.grantIndex,
    row.toolServer,
    row.toolName,
    row.decisionKind,
    row.policyHash,
    row.contentHash,
    row.json,
    row.tenantId,
  ];
}

function childValues(row: ChildRow): readonly (string | bigint)[] {
  return [
    row.id,
    row.timestamp,
    row.sessionId,
    row.parentRequestId,
    row.requestId,
    row.operationKind,
    row.terminalState,
    row.policyHash,
    row.outcomeHash,
    row.json,
  ];
}

function httpValues(row: HttpRow): readonly (string | bigint)[] {
  return [row.id, row.requestId, row.timestamp, row.json];
}
