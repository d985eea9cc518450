import type { FacetName, ReceiptFilter, ReceiptSort, SortColumn } from "@/lib/queries/model.ts";
import { COLUMNS, type ColumnId, DEFAULT_COLUMNS } from "./columns.ts";
import { type TabName, tabOf } from "./drawer/tabs.ts";
import { FACET_NAMES, NO_FILTER } from "./filter-edit.ts";
import { readRows, writeRows } from "./row-list.ts";

/** What the Receipts page shows, as it stands behind the `#` of its address. */
export interface PageState {
  readonly filter: ReceiptFilter;
  readonly sort: ReceiptSort;
  /** Number of the row whose drawer is open. */
  readonly selected: number | null;
  readonly tab: TabName;
  /** Whether the rows that were not understood are listed instead of receipts. */
  readonly rejects: boolean;
  readonly columns: readonly ColumnId[];
}

export const NEWEST_FIRST: ReceiptSort = { column: "time", descending: true };

const SORTS = [
  "seq",
  "time",
  "integrity",
  "decision",
  "agent",
  "tool",
] as const satisfies readonly SortColumn[];
const LONGEST = 2000;
const MOST_VALUES = 200;

/**
 * Reads an address' fragment, with or without `#`. A link is written by anyone: names that are not known are
 * dropped, values are bounded, and what is left out is the page's usual state.
 */
export function readFragment(fragment: string): PageState {
  const given = new URLSearchParams(fragment.replace(/^#/u, ""));
  const columns = given.get("cols")?.split(",") ?? DEFAULT_COLUMNS;
  const rows = readRows(given.get("rows"));
  return {
    filter: {
      time: timeOf(given.get("time")),
      text: (given.get("text") ?? "").slice(0, LONGEST),
      include: listsOf(given, ""),
      exclude: listsOf(given, "not-"),
      ...(rows === null ? {} : { rows }),
    },
    sort: sortOf(given.get("sort")),
    selected: wholeNumber(given.get("row")),
    tab: tabOf(given.get("tab")),
    rejects: given.get("list") === "not-understood",
    columns: COLUMNS.map((column) => column.id).filter(
      (id) => id === "integrity" || columns.includes(id),
    ),
  };
}

/** The fragment without `#`; what is usual is left out, so that the plain page has the plain address. */
export function writeFragment(state: PageState): string {
  const { filter, sort, selected, tab, columns } = state;
  const out = new URLSearchParams();
  if (filter.time !== null) out.set("time", `${filter.time.from}-${filter.time.to}`);
  if (filter.text !== "") out.set("text", filter.text);
  if (filter.rows !== undefined) out.set("rows", writeRows(filter.rows));
  for (const name of FACET_NAMES) {
    for (const value of filter.include[name] ?? []) out.append(name, value);
    for (const value of filter.exclude[name] ?? []) out.append(`not-${name}`, value);
  }
  if (sort.column !== NEWEST_FIRST.column || sort.descending !== NEWEST_FIRST.descending) {
    out.set("sort", `${sort.descending ? "-" : ""}${sort.column}`);
  }
  if (columns.join() !== DEFAULT_COLUMNS.join()) out.set("cols", columns.join());
  if (state.rejects) out.set("list", "not-understood");
  if (selected !== null) out.set("row", String(selected));
  if (tab !== "summary") out.set("tab", tab);
  return out.toString();
}

/** The address of the Receipts page with this filter and drawer, for links from other pages. */
export function receiptsAddress(
  filter: Partial<ReceiptFilter>,
  selected: number | null = null,
  tab: TabName = "summary",
): string {
  const state = { ...readFragment(""), filter: { ...NO_FILTER, ...filter }, selected, tab };
  return `/receipts#${writeFragment(state)}`;
}

function listsOf(given: URLSearchParams, prefix: string): ReceiptFilter["include"] {
  const lists: Partial<Record<FacetName, readonly string[]>> = {};
  for (const name of FACET_NAMES) {
    const values = [...new Set(given.getAll(`${prefix}${name}`))].slice(0, MOST_VALUES);
    if (values.length > 0) lists[name] = values.map((value) => value.slice(0, LONGEST));
  }
  return lists;
}

function timeOf(text: string | null): ReceiptFilter["time"] {
  const match = /^(\d{1,15})-(\d{1,15})$/u.exec(text ?? "");
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Number(match[2]);
  return to > from ? { from, to } : null;
}

function sortOf(text: string | null): ReceiptSort {
  if (text === null) return NEWEST_FIRST;
  const descending = text.startsWith("-");
  const column = SORTS.find((each) => each === text.slice(descending ? 1 : 0));
  return column === undefined ? NEWEST_FIRST : { column, descending };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/u.test(text) ? Number(text) : null;
}
