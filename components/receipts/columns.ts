import type { FacetName, ReceiptRow, SortColumn } from "@/lib/queries/model.ts";

export type ColumnId =
  | "integrity"
  | "seq"
  | "time"
  | "decision"
  | "agent"
  | "tool"
  | "reason"
  | "service"
  | "id"
  | "file";

export interface Column {
  readonly id: ColumnId;
  readonly label: string;
  readonly sort: SortColumn | null;
  /** The facet that `f` and `x` filter by on a cell of this column. */
  readonly facet: FacetName | null;
  /** Narrowest width in pixels; the last columns go first when the table is too narrow for all. */
  readonly least: number;
  /** Share of what is left over; 0 for columns that keep their width. */
  readonly grow: number;
  readonly align: "start" | "end";
}

export const COLUMNS: readonly Column[] = [
  {
    id: "integrity",
    label: "integrity",
    sort: "integrity",
    facet: "integrity",
    least: 26,
    grow: 0,
    align: "start",
  },
  { id: "seq", label: "seq", sort: "seq", facet: null, least: 44, grow: 0, align: "end" },
  { id: "time", label: "UTC", sort: "time", facet: null, least: 66, grow: 0, align: "start" },
  {
    id: "decision",
    label: "decision",
    sort: "decision",
    facet: "decision",
    least: 92,
    grow: 0,
    align: "start",
  },
  {
    id: "agent",
    label: "agent",
    sort: "agent",
    facet: "agent",
    least: 110,
    grow: 10,
    align: "start",
  },
  {
    id: "service",
    label: "service",
    sort: null,
    facet: "service",
    least: 110,
    grow: 9,
    align: "start",
  },
  { id: "tool", label: "tool", sort: "tool", facet: "tool", least: 120, grow: 13, align: "start" },
  {
    id: "reason",
    label: "reason",
    sort: null,
    facet: "guard",
    least: 150,
    grow: 16,
    align: "start",
  },
  { id: "id", label: "id", sort: null, facet: null, least: 150, grow: 12, align: "start" },
  { id: "file", label: "file", sort: null, facet: "file", least: 140, grow: 10, align: "start" },
];

export const DEFAULT_COLUMNS: readonly ColumnId[] = [
  "integrity",
  "seq",
  "time",
  "decision",
  "agent",
  "tool",
  "reason",
];

/** In a narrow table what a row is stays, and what it says more goes: least important first. */
const YIELD_ORDER: readonly ColumnId[] = ["file", "id", "service", "reason", "agent", "seq"];

/** What the widths of two columns depend on. */
export interface ColumnNeeds {
  /** Digits of the highest sequence number. */
  readonly seqDigits: number;
  /** Whether times are shown with their date. */
  readonly dated: boolean;
}

const GAP = 10;
const MARGIN = 24;

/** The chosen columns that fit into `width` pixels, in their order. */
export function fittingColumns(
  chosen: readonly ColumnId[],
  width: number,
  needs: ColumnNeeds,
): readonly Column[] {
  let columns = COLUMNS.filter((column) => chosen.includes(column.id)).map((column) =>
    sized(column, needs, width),
  );
  for (const id of YIELD_ORDER) {
    if (width === 0 || leastWidth(columns) <= width) break;
    columns = columns.filter((column) => column.id !== id);
  }
  return columns;
}

/** `grid-template-columns` for these columns. */
export function gridTemplate(columns: readonly Column[]): string {
  return columns
    .map((column) => (column.grow === 0 ? `${column.least}px` : `minmax(0,${column.grow}fr)`))
    .join(" ");
}

function leastWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + column.least + GAP, MARGIN - GAP);
}

/** Above this width names keep a width that the eye can cross, and the reason takes what is left. */
const WIDE = 1100;

function sized(column: Column, needs: ColumnNeeds, width: number): Column {
  if (width > WIDE && (column.id === "agent" || column.id === "service")) {
    return { ...column, least: 200, grow: 0 };
  }
  if (width > WIDE && column.id === "tool") return { ...column, least: 260, grow: 0 };
  if (column.id === "seq") return { ...column, least: Math.max(44, 14 + needs.seqDigits * 7.5) };
  if (column.id === "time") return { ...column, least: needs.dated ? 136 : 60 };
  return column;
}

/** The value of a cell as text: what is copied, and what a filter on it compares. */
export function cellValue(row: ReceiptRow, id: ColumnId): string {
  switch (id) {
    case "integrity":
      return row.status ?? "";
    case "seq":
      return row.seq ?? "";
    case "time":
      return row.timestamp === null ? "" : String(row.timestamp);
    case "decision":
      return row.decision;
    case "agent":
      return row.agent;
    case "tool":
      return row.tool;
    case "reason":
      return row.guard === "" ? row.reason : row.guard;
    case "service":
      return row.service;
    case "id":
      return row.id;
    case "file":
      return row.file;
  }
}
