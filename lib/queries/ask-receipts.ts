import type { Database, Question } from "@/lib/database/database.ts";
import { filterParameters } from "@/lib/database/filter-parameters.ts";
import { number, numberOrNull, oneOf, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import { binWidth, filledBins } from "./histogram-bins.ts";
import type {
  Facet,
  FacetName,
  Histogram,
  ReceiptFilter,
  ReceiptRow,
  ReceiptSort,
} from "./model.ts";

export interface ReceiptTotals {
  /** All receipts that were read, whatever the filter. */
  readonly every: number;
  readonly matching: number;
  readonly allowed: number;
  readonly denied: number;
  readonly doesNotVerify: number;
  /** Matching receipts that the run has not judged yet. */
  readonly unjudged: number;
  /** Unix seconds of the first and last matching receipt. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

export const FACETS = [
  "integrity",
  "decision",
  "guard",
  "agent",
  "tool",
  "service",
  "form",
  "file",
] as const satisfies readonly FacetName[];

const DECISIONS = ["allow", "deny", "cancelled", "incomplete", "none"] as const;
const INTEGRITIES = [
  "verified",
  "verified-not-checkpointed",
  "self-consistent",
  "does-not-verify",
  "not-checked",
  "unsigned",
] as const;

/** @throws what {@link Database.ask} throws; so do all of these. */
export async function askTotals(
  database: Database,
  filter: ReceiptFilter,
  signal?: AbortSignal,
): Promise<ReceiptTotals> {
  const [totals] = await database.ask(totalsQuestion(filter), decodeTotals, signal);
  if (totals === undefined) {
    throw new TypeError("totals are one row");
  }
  return totals;
}

/** Numbers of all matching rows, in order. */
export function askOrder(
  database: Database,
  filter: ReceiptFilter,
  sort: ReceiptSort,
  signal?: AbortSignal,
): Promise<Float64Array> {
  return database.askNumbers(orderQuestion(filter, sort), signal);
}

/** The rows with these numbers, in this order. */
export async function askPage(
  database: Database,
  rows: readonly number[],
  signal?: AbortSignal,
): Promise<readonly ReceiptRow[]> {
  return rows.length === 0 ? [] : database.ask(pageQuestion(rows), decodeRow, signal);
}

export async function askFacets(
  database: Database,
  filter: ReceiptFilter,
  signal?: AbortSignal,
): Promise<readonly Facet[]> {
  const facets: Facet[] = [];
  for (const name of FACETS) {
    const found = await database.ask(facetQuestion(filter, name), decodeFacetValue, signal);
    facets.push({
      name,
      values: found.map(({ value, count }) => ({ value, count })),
      distinct: found[0]?.distinct ?? 0,
    });
  }
  return facets;
}

export async function askHistogram(
  database: Database,
  absences: Histogram["absences"],
  filter: ReceiptFilter,
  bins: number,
  signal?: AbortSignal,
): Promise<Histogram> {
  const { range } = await askTotals(database, filter, signal);
  if (range === null) {
    return { binSeconds: 1, bins: [], absences };
  }
  const from = filter.time?.from ?? range.from;
  const until = filter.time?.to ?? range.to + 1;
  const binSeconds = binWidth(until - from, bins);
  const found = await database.ask(histogramQuestion(filter, binSeconds), decodeBin, signal);
  return { binSeconds, bins: filledBins(found, from, until, binSeconds), absences };
}

export function totalsQuestion(filter: ReceiptFilter): Question {
  return { name: "receiptTotals", settings: [filterSetting(filter)] };
}

export function orderQuestion(filter: ReceiptFilter, sort: ReceiptSort): Question {
  return {
    name: sort.descending ? "receiptOrderDesc" : "receiptOrderAsc",
    settings: [filterSetting(filter), { name: "setSort", parameters: [sort.column] }],
  };
}

export function pageQuestion(rows: readonly number[]): Question {
  return { name: "receiptPage", settings: [{ name: "setRows", parameters: [rows.join(",")] }] };
}

/** A facet's own restriction does not narrow its own list: what was left out can be chosen again. */
export function facetQuestion(filter: ReceiptFilter, name: FacetName): Question {
  const others: ReceiptFilter = {
    ...filter,
    include: { ...filter.include, [name]: [] },
    exclude: { ...filter.exclude, [name]: [] },
  };
  return {
    name: "receiptFacet",
    settings: [filterSetting(others), { name: "setFacet", parameters: [name] }],
  };
}

export function histogramQuestion(filter: ReceiptFilter, binSeconds: number): Question {
  return {
    name: "receiptHistogram",
    settings: [filterSetting(filter), { name: "setBin", parameters: [binSeconds] }],
  };
}

function filterSetting(filter: ReceiptFilter): Question["settings"][number] {
  return { name: "setFilter", parameters: filterParameters(filter) };
}

function decodeTotals(row: RawRow): ReceiptTotals {
  const from = numberOrNull(row, "first_second");
  const to = numberOrNull(row, "last_second");
  return {
    every: number(row, "every"),
    matching: number(row, "matching"),
    allowed: number(row, "allowed"),
    denied: number(row, "denied"),
    doesNotVerify: number(row, "failing"),
    unjudged: number(row, "unjudged"),
    range: from === null || to === null ? null : { from, to },
  };
}

function decodeRow(row: RawRow): ReceiptRow {
  return {
    row: number(row, "row"),
    seq: textOrNull(row, "seq"),
    timestamp: numberOrNull(row, "timestamp"),
    decision: oneOf(row, "decision", DECISIONS),
    status: row("integrity") === null ? null : oneOf(row, "integrity", INTEGRITIES),
    id: text(row, "id"),
    agent: text(row, "agent"),
    service: text(row, "service"),
    tool: text(row, "tool"),
    guard: text(row, "guard"),
    reason: text(row, "reason"),
    file: text(row, "file"),
  };
}

function decodeFacetValue(row: RawRow) {
  return {
    value: text(row, "value"),
    count: number(row, "receipts"),
    distinct: number(row, "distinct_values"),
  };
}

function decodeBin(row: RawRow) {
  return {
    from: number(row, "from_second"),
    allow: number(row, "allowed"),
    deny: number(row, "denied"),
    other: number(row, "other"),
    doesNotVerify: number(row, "failing"),
  };
}
