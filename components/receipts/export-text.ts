import type { ReceiptRow } from "@/lib/queries/model.ts";

/** Columns of an export, in order; the names are those of the SQL view. */
const COLUMNS = [
  "seq",
  "time_utc",
  "decision",
  "integrity",
  "id",
  "agent",
  "service",
  "tool",
  "guard",
  "reason",
  "file",
] as const;

export type ExportFormat = "csv" | "ndjson";

/** The first line of an export, or nothing where the format has none. */
export function exportHead(format: ExportFormat): string {
  return format === "csv" ? `${COLUMNS.join(",")}\r\n` : "";
}

/** One row as a line, with its line end. */
export function exportLine(row: ReceiptRow, format: ExportFormat): string {
  const values = rowValues(row);
  return format === "csv"
    ? `${values.map((value) => csvCell(value ?? "")).join(",")}\r\n`
    : `${JSON.stringify(Object.fromEntries(COLUMNS.map((name, at) => [name, values[at] ?? null])))}\n`;
}

/**
 * RFC 4180 cell. A spreadsheet runs a cell that starts with one of `= + - @`, a tab or a return as a
 * formula, and whoever wrote the receipt chose its text: such a cell gets an apostrophe in front.
 */
export function csvCell(value: string): string {
  const inert = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function rowValues(row: ReceiptRow): (string | null)[] {
  return [
    row.seq,
    row.timestamp === null ? null : utc(row.timestamp),
    row.decision,
    row.status,
    row.id,
    row.agent,
    row.service,
    row.tool,
    row.guard,
    row.reason,
    row.file,
  ];
}

function utc(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace(".000Z", "Z");
}
