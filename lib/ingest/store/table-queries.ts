import type { SqlValue } from "@sqlite.org/sqlite-wasm";
import { decodeStrictly } from "../raw-records.ts";
import { CHECKPOINT_COPIES, type Copy, driftOf } from "./drift.ts";
import type { Store, StoreTable } from "./open.ts";
import { jsonOf, type RowWriter } from "./row-writer.ts";

export interface TableProblem {
  readonly code: "FMT-010" | "FMT-011";
  readonly table: string;
  /** Number of the row in the table, from 1. */
  readonly row: number | null;
  readonly expected: string | null;
  readonly actual: string;
}

export type TableForm =
  | { readonly kind: "receipts"; readonly name: string; readonly copies: readonly Copy[] }
  | { readonly kind: "log"; readonly name: string }
  | { readonly kind: "checkpoints"; readonly name: string }
  | { readonly kind: "raw"; readonly name: string; readonly column: string }
  | { readonly kind: "columns"; readonly name: string; readonly named: boolean };

type Row = (column: number) => SqlValue;

export function requiredColumns(form: TableForm): readonly string[] {
  switch (form.kind) {
    case "receipts":
      return ["seq", "raw_json"];
    case "log":
      return ["entry_seq", "receipt_kind", "source_seq", "receipt_id", "raw_json"];
    case "checkpoints":
      return ["checkpoint_seq", "statement_json", "signature"];
    case "raw":
      return [form.column];
    case "columns":
      return [];
  }
}

export interface TableQuery {
  readonly sql: string;
  write(row: Row, writer: RowWriter, problems: TableProblem[]): void;
}

/**
 * Octets, not text, are asked of JSON columns, so that what is not UTF-8 is seen; no index is used, since an
 * index may list fewer rows than its table.
 */
export function queryOf(form: TableForm, table: StoreTable, store: Store): TableQuery {
  switch (form.kind) {
    case "receipts": {
      const copies = form.copies.filter((copy) => table.columns.has(copy.column));
      const columns = ["seq", "CAST(raw_json AS BLOB)", ...copies.map((copy) => copy.column)];
      return {
        sql: `SELECT ${columns.join(", ")} FROM ${form.name} NOT INDEXED ORDER BY seq`,
        write(row, writer, problems) {
          const raw = rawOf(row(1));
          if (raw.kind === "json") {
            writer.add(`{"seq":${jsonOf(row(0))},"receipt":`, raw.bytes, "}");
            problems.push(...drifts(form.name, copies, 2, row, raw.value, writer.rows));
          } else writer.add(raw.bytes);
        },
      };
    }
    case "log":
      return { sql: logQuery(store), write: writeLogEntry };
    case "checkpoints": {
      const copies = CHECKPOINT_COPIES.filter((copy) => table.columns.has(copy.column));
      const columns = ["CAST(statement_json AS BLOB)", "signature"];
      const list = [...columns, ...copies.map((copy) => copy.column)].join(", ");
      return {
        sql: `SELECT ${list} FROM ${form.name} NOT INDEXED ORDER BY checkpoint_seq`,
        write(row, writer, problems) {
          const raw = rawOf(row(0));
          if (raw.kind === "json") {
            writer.add('{"body":', raw.bytes, `,"signature":${jsonOf(row(1))}}`);
            problems.push(...drifts(form.name, copies, 2, row, raw.value, writer.rows));
          } else writer.add(raw.bytes);
        },
      };
    }
    case "raw":
      return {
        sql: `SELECT CAST(${form.column} AS BLOB) FROM ${form.name} NOT INDEXED`,
        write: (row, writer) => writer.add(rawOf(row(0)).bytes),
      };
    case "columns": {
      const columns = [...table.columns].map((name, index) => ({ name, index }));
      return {
        sql: `SELECT * FROM ${form.name} NOT INDEXED`,
        write(row, writer) {
          const members = columns
            .filter(({ name }) => name !== "table")
            .map(({ name, index }) => `${JSON.stringify(name)}:${jsonOf(row(index))}`);
          if (form.named) members.unshift(`"table":${JSON.stringify(form.name)}`);
          writer.add(`{${members.join(",")}}`);
        },
      };
    }
  }
}

/** A log entry repeats the receipt that it points to; it is written out only where it differs. */
function logQuery(store: Store): string {
  const joins: string[] = [];
  const copies: string[] = [];
  for (const [alias, kind, name] of [
    ["t", "tool_receipt", "chio_tool_receipts"],
    ["c", "child_receipt", "chio_child_receipts"],
  ] as const) {
    const table = store.tables.get(name);
    if (table?.rowNumber !== "seq" || !table.columns.has("raw_json")) continue;
    joins.push(
      `LEFT JOIN ${name} ${alias} ON e.receipt_kind = '${kind}' AND ${alias}.seq = e.source_seq`,
    );
    copies.push(`CAST(e.raw_json AS BLOB) = CAST(${alias}.raw_json AS BLOB)`);
  }
  const equal =
    copies.length === 0 ? "0" : copies.map((copy) => `COALESCE(${copy}, 0)`).join(" OR ");
  return [
    "SELECT e.entry_seq, e.receipt_kind, e.source_seq, e.receipt_id,",
    `CASE WHEN ${equal} THEN NULL ELSE CAST(e.raw_json AS BLOB) END`,
    "FROM claim_receipt_log_entries e NOT INDEXED",
    ...joins,
    "ORDER BY e.entry_seq",
  ].join(" ");
}

function writeLogEntry(row: Row, writer: RowWriter): void {
  const place = `"entry_seq":${jsonOf(row(0))},"receipt_kind":${jsonOf(row(1))}`;
  const source = `"source_seq":${jsonOf(row(2))},"receipt_id":${jsonOf(row(3))}`;
  const differing = row(4);
  const raw = differing === null ? null : rawOf(differing);
  if (raw === null) writer.add(`{${place},${source}}`);
  else if (raw.kind === "json") writer.add(`{${place},${source},"receipt":`, raw.bytes, "}");
  else writer.add(raw.bytes);
}

type Raw =
  | { readonly kind: "json"; readonly bytes: Uint8Array; readonly value: unknown }
  | { readonly kind: "other"; readonly bytes: Uint8Array };

const NOTHING = new TextEncoder().encode("null");

/**
 * A JSON column. Only exactly one JSON value may be put inside another: anything else could close the wrapper
 * and smuggle members in, so it stands alone and is rejected as the row that it is.
 */
function rawOf(value: SqlValue): Raw {
  const bytes = value instanceof Uint8Array && value.length > 0 ? value : NOTHING;
  const text = decodeStrictly(bytes);
  if (text === null) return { kind: "other", bytes };
  try {
    return { kind: "json", bytes, value: JSON.parse(text) };
  } catch {
    return { kind: "other", bytes };
  }
}

function drifts(
  table: string,
  copies: readonly Copy[],
  firstColumn: number,
  row: Row,
  record: unknown,
  rowNumber: number,
): TableProblem[] {
  return copies.flatMap((copy, index) => {
    const drift = driftOf(copy, row(firstColumn + index), record);
    return drift === null ? [] : [{ code: "FMT-010", table, row: rowNumber, ...drift } as const];
  });
}
