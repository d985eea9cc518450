import type { FacetName, ReceiptFilter } from "@/lib/queries/model.ts";
import type { ResultRows } from "./result-rows.ts";

/** Columns whose values a filter of receipts can ask for. */
const FACETS: ReadonlyMap<string, FacetName> = new Map([
  ["decision", "decision"],
  ["integrity", "integrity"],
  ["guard", "guard"],
  ["agent", "agent"],
  ["tool_name", "tool"],
  ["tool", "tool"],
  ["service", "service"],
  ["form", "form"],
  ["file", "file"],
]);
const MOST_VALUES = 200;
const MOST_CHARACTERS = 2_000;

export interface FilterOfResult {
  readonly filter: ReceiptFilter;
  /** The columns that became a part of it. */
  readonly columns: readonly string[];
}

/**
 * A filter of receipts from a result's rows: for each column that a filter knows, the values that occur.
 * Null where no column is known, or one has more values than a filter holds: a cut list would leave
 * receipts out without saying so.
 */
export function filterOfResult(rows: ResultRows, chosen: Int32Array): FilterOfResult | null {
  const include: Partial<Record<FacetName, readonly string[]>> = {};
  const columns: string[] = [];
  for (const [at, { name }] of rows.result.columns.entries()) {
    const facet = FACETS.get(name);
    if (facet === undefined || include[facet] !== undefined) {
      continue;
    }
    const values = new Set<string>();
    for (const row of chosen) {
      const text = rows.text(row, at) ?? "";
      if (text !== "") {
        values.add(text);
      }
      if (values.size > MOST_VALUES || text.length > MOST_CHARACTERS) {
        return null;
      }
    }
    if (values.size > 0) {
      include[facet] = [...values];
      columns.push(name);
    }
  }
  return columns.length === 0
    ? null
    : { filter: { time: null, include, exclude: {}, text: "" }, columns };
}
