import type { ByteSink } from "../sources.ts";
import { CHILD_RECEIPT_COPIES, TOOL_RECEIPT_COPIES } from "./drift.ts";
import { type Store, StoreError, type StoreTable } from "./open.ts";
import { RowWriter, type WrittenRows } from "./row-writer.ts";
import { queryOf, requiredColumns, type TableForm, type TableProblem } from "./table-queries.ts";

export interface TableRows extends WrittenRows {
  readonly table: string;
}

export interface TableReading {
  /** Null where the store has no such table. */
  readonly rows: TableRows | null;
  readonly problems: readonly TableProblem[];
}

/** Columns that differ are listed up to this number for each table; the rest is counted. */
const LISTED_DRIFTS = 1000;
/** Rows may be wider as JSON than in their pages, by their names; more than this is no sound tree. */
const WIDEST_GROWTH = 64;
const GROWTH_FLOOR = 16 * 1024 * 1024;

/** The tables that hold something for a verdict, in the order that they are read. */
const FORMS: readonly TableForm[] = [
  { kind: "receipts", name: "chio_tool_receipts", copies: TOOL_RECEIPT_COPIES },
  { kind: "receipts", name: "chio_child_receipts", copies: CHILD_RECEIPT_COPIES },
  { kind: "log", name: "claim_receipt_log_entries" },
  { kind: "checkpoints", name: "kernel_checkpoints" },
  { kind: "columns", name: "capability_lineage", named: false },
  { kind: "columns", name: "revoked_capabilities", named: false },
  { kind: "columns", name: "capability_grant_budgets", named: true },
  { kind: "columns", name: "budget_authorization_holds", named: true },
  { kind: "columns", name: "budget_mutation_events", named: true },
  { kind: "columns", name: "budget_replication_meta", named: true },
  { kind: "raw", name: "session_anchors", column: "raw_json" },
  { kind: "raw", name: "request_lineage", column: "raw_json" },
  { kind: "raw", name: "receipt_lineage_statements", column: "raw_json" },
  { kind: "raw", name: "http_receipts", column: "receipt_json" },
  { kind: "raw", name: "federated_share_tool_receipts", column: "raw_json" },
];

/** Writes out every known table of a store. What a damaged table gave before its damage is kept. */
export function* readKnownTables(
  store: Store,
  storeBytes: number,
  createSink: () => ByteSink,
): Generator<TableReading, void> {
  for (const form of FORMS) {
    const table = store.tables.get(form.name);
    if (table !== undefined) yield readTable(store, form, table, storeBytes, createSink);
  }
}

function readTable(
  store: Store,
  form: TableForm,
  table: StoreTable,
  storeBytes: number,
  createSink: () => ByteSink,
): TableReading {
  const writer = new RowWriter(createSink());
  const problems: TableProblem[] = [];
  const mostBytes = GROWTH_FLOOR + storeBytes * WIDEST_GROWTH;
  const missing = requiredColumns(form).find((column) => !table.columns.has(column));
  if (missing !== undefined) {
    const problem = { code: "FMT-011", table: form.name, row: null } as const;
    return { rows: null, problems: [{ ...problem, expected: missing, actual: "no such column" }] };
  }
  try {
    const query = queryOf(form, table, store);
    store.forEachRow(query.sql, (row) => {
      query.write(row, writer, problems);
      if (writer.size > mostBytes) throw new StoreError("more rows than its pages can hold");
    });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const problem = { code: "FMT-011", table: form.name, row: writer.rows + 1 } as const;
    problems.push({ ...problem, expected: null, actual: error.message });
  }
  return { rows: { table: form.name, ...writer.finish() }, problems: capped(problems, form.name) };
}

function capped(problems: readonly TableProblem[], table: string): readonly TableProblem[] {
  const found = problems.filter((problem) => problem.code === "FMT-010");
  if (found.length <= LISTED_DRIFTS) return problems;
  const rest = `${found.length - LISTED_DRIFTS} more columns differ`;
  return [
    ...found.slice(0, LISTED_DRIFTS),
    { code: "FMT-010", table, row: null, expected: null, actual: rest },
    ...problems.filter((problem) => problem.code !== "FMT-010"),
  ];
}
