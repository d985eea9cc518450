import type { DenialFacet, DenialFilter } from "./denial-model.ts";
import { EVERY_DENIAL } from "./denial-model.ts";
import { type FacetName, MOST_ROWS, type ReceiptFilter } from "./model.ts";

/** Values of one column that a filter may take: more would be no filter that a person can read. */
export const MOST_VALUES = 1000;

/** A result's cell, as the workbench holds it. */
export type ResultCell = string | number | bigint | boolean | null;

export interface ResultFilter {
  readonly kind: "filter";
  /** Null where no column says anything about receipts, or about denials. */
  readonly receipts: ReceiptFilter | null;
  readonly denials: DenialFilter | null;
  /** Which columns were taken, and how many different values of each. */
  readonly taken: readonly TakenColumn[];
}
export interface TakenColumn {
  readonly column: string;
  readonly values: number;
  /** Which of the two filters knows it. */
  readonly receipts: boolean;
  readonly denials: boolean;
}
/** Why a result is no filter. */
export type NoFilter =
  | { readonly kind: "no-rows" }
  | { readonly kind: "no-column"; readonly names: readonly string[] }
  | { readonly kind: "too-many"; readonly column: string; readonly values: number };

const RECEIPT_COLUMNS: ReadonlyMap<string, FacetName> = new Map([
  ["agent", "agent"],
  ["guard", "guard"],
  ["tool_name", "tool"],
  ["tool", "tool"],
  ["service", "service"],
  ["decision", "decision"],
  ["integrity", "integrity"],
  ["form", "form"],
  ["file", "file"],
]);
const DENIAL_COLUMNS: ReadonlyMap<string, DenialFacet> = new Map([
  ["agent", "agent"],
  ["guard", "guard"],
  ["tool_name", "tool"],
  ["tool", "tool"],
  ["scope", "scope"],
  ["service", "service"],
  ["topic", "topic"],
  ["evidence", "evidence"],
  ["policy_hash", "policy"],
  ["reason_pattern", "reason"],
  ["consumer_group", "group"],
  ["file", "file"],
]);

/**
 * A result as a filter: each column whose name is a facet's restricts that facet to the column's values, and a
 * column `row` (or `number`, of denials) restricts to those rows. Columns restrict one by one: of pairs of
 * values the filter admits every combination. Nulls are left out.
 */
export function filterFromResult(
  columns: readonly string[],
  rows: readonly (readonly ResultCell[])[],
): ResultFilter | NoFilter {
  if (rows.length === 0) {
    return { kind: "no-rows" };
  }
  const receipts = new Map<FacetName, readonly string[]>();
  const denials = new Map<DenialFacet, readonly string[]>();
  const taken: TakenColumn[] = [];
  let receiptRows: readonly number[] | null = null;
  let denialRows: readonly number[] | null = null;
  for (const [at, column] of columns.entries()) {
    const receipt = RECEIPT_COLUMNS.get(column);
    const denial = DENIAL_COLUMNS.get(column);
    const isRow = column === "row" || column === "number";
    if (receipt === undefined && denial === undefined && !isRow) {
      continue;
    }
    const values = distinct(rows, at);
    if (values.length > (isRow ? MOST_ROWS : MOST_VALUES)) {
      return { kind: "too-many", column, values: values.length };
    }
    if (values.length === 0) {
      continue;
    }
    if (isRow) {
      const numbers = values.map(Number).filter(Number.isSafeInteger);
      const own = numbers.filter((number) => number >= 0);
      receiptRows = own.length === 0 ? receiptRows : own;
      denialRows = numbers.length === 0 ? denialRows : numbers;
      const isTaken = { receipts: own.length > 0, denials: numbers.length > 0 };
      taken.push({ column, values: numbers.length, ...isTaken });
      continue;
    }
    if (receipt !== undefined) {
      receipts.set(receipt, values);
    }
    if (denial !== undefined) {
      denials.set(denial, values);
    }
    const isTaken = { receipts: receipt !== undefined, denials: denial !== undefined };
    taken.push({ column, values: values.length, ...isTaken });
  }
  if (taken.length === 0) {
    return {
      kind: "no-column",
      names: [...new Set([...DENIAL_COLUMNS.keys(), ...RECEIPT_COLUMNS.keys(), "row"])],
    };
  }
  return {
    kind: "filter",
    receipts: receiptFilter(receipts, receiptRows),
    denials: denialFilter(denials, denialRows),
    taken,
  };
}

function receiptFilter(
  lists: ReadonlyMap<FacetName, readonly string[]>,
  rows: readonly number[] | null,
): ReceiptFilter | null {
  if (lists.size === 0 && rows === null) {
    return null;
  }
  const include: Partial<Record<FacetName, readonly string[]>> = {};
  for (const [name, values] of lists) {
    include[name] = values;
  }
  const filter: ReceiptFilter = { time: null, include, exclude: {}, text: "" };
  return rows === null ? filter : { ...filter, rows };
}

function denialFilter(
  lists: ReadonlyMap<DenialFacet, readonly string[]>,
  rows: readonly number[] | null,
): DenialFilter | null {
  if (lists.size === 0 && rows === null) {
    return null;
  }
  const include: Partial<Record<DenialFacet, readonly string[]>> = {};
  for (const [name, values] of lists) {
    include[name] = values;
  }
  const claims = include.evidence?.includes("claim") === true;
  const filter: DenialFilter = { ...EVERY_DENIAL, include, claims };
  return rows === null ? filter : { ...filter, rows };
}

/** Different values of a column as texts, in the order of their first row. */
function distinct(rows: readonly (readonly ResultCell[])[], at: number): readonly string[] {
  const values = new Set<string>();
  for (const row of rows) {
    const cell = row[at];
    if (cell !== null && cell !== undefined) {
      values.add(String(cell));
    }
  }
  return [...values];
}
