import type { Database } from "@/lib/database/database.ts";
import { number, numberOrNull, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import { decodeDenial } from "./decode-denial.ts";
import type {
  DenialBin,
  DenialFacetValues,
  DenialFilter,
  DenialHistogram,
  DenialNumber,
  DenialRow,
  DenialTotals,
  PatternList,
  PatternPart,
  PatternRow,
  PolicyBoundary,
  TimeRange,
} from "./denial-model.ts";
import { DENIAL_FACETS, SPARK_BINS } from "./denial-model.ts";
import {
  type DenialSort,
  denialFacetQuestion,
  denialHistogramQuestion,
  denialOrderQuestion,
  denialPageQuestion,
  denialQuestion,
  denialTotalsQuestion,
  patternsQuestion,
} from "./denial-questions.ts";
import { binWidth } from "./histogram-bins.ts";

/** @throws what {@link Database.ask} throws; so do all of these. */
export async function askDenialTotals(
  database: Database,
  filter: DenialFilter,
  parts: readonly PatternPart[],
  signal?: AbortSignal,
): Promise<DenialTotals> {
  const question = denialTotalsQuestion(filter, parts);
  const [totals] = await database.ask(question, decodeTotals, signal);
  if (totals === undefined) {
    throw new TypeError("totals are one row");
  }
  return totals;
}

/** At most `bins` bins over the filter's time, or over all times of matching denials where it names none. */
export async function askDenialHistogram(
  database: Database,
  filter: DenialFilter,
  bins: number,
  signal?: AbortSignal,
): Promise<DenialHistogram> {
  const question = denialQuestion("denialRange", filter);
  const decode = (row: RawRow) => rangeOf(row, "first_second", "last_second");
  const [range] = await database.ask(question, decode, signal);
  if (range === null || range === undefined) {
    return { binSeconds: 1, bins: [], guards: [], other: { guards: 0, denials: 0 } };
  }
  const from = filter.time?.from ?? range.from;
  const until = filter.time?.to ?? range.to + 1;
  const binSeconds = binWidth(until - from, bins);
  const counted = denialHistogramQuestion(filter, binSeconds);
  const found = await database.ask(counted, decodeCell, signal);
  return stacked(found, from, until, binSeconds);
}

export async function askPatterns(
  database: Database,
  filter: DenialFilter,
  parts: readonly PatternPart[],
  signal?: AbortSignal,
): Promise<PatternList> {
  const found = await database.ask(patternsQuestion(filter, parts), decodePattern, signal);
  return {
    patterns: found.map(({ pattern }) => pattern),
    distinct: found[0]?.distinct ?? 0,
    range: found[0]?.range ?? null,
  };
}

export async function askDenialFacets(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly DenialFacetValues[]> {
  const facets: DenialFacetValues[] = [];
  for (const name of DENIAL_FACETS) {
    const found = await database.ask(denialFacetQuestion(filter, name), decodeValue, signal);
    facets.push({
      name,
      values: found.map(({ value, count }) => ({ value, count })),
      distinct: found[0]?.distinct ?? 0,
    });
  }
  return facets;
}

/** Numbers of all matching denials, in order. */
export function askDenialOrder(
  database: Database,
  filter: DenialFilter,
  sort: DenialSort,
  signal?: AbortSignal,
): Promise<Float64Array> {
  return database.askNumbers(denialOrderQuestion(filter, sort), signal);
}

/** The denials with these numbers, in this order. */
export async function askDenialPage(
  database: Database,
  numbers: readonly DenialNumber[],
  signal?: AbortSignal,
): Promise<readonly DenialRow[]> {
  return numbers.length === 0
    ? []
    : database.ask(denialPageQuestion(numbers), decodeDenial, signal);
}

/** Policies by when they were first seen in any receipt, whatever the filter. */
export function askPolicies(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly PolicyBoundary[]> {
  return database.ask(denialQuestion("denialPolicies", filter), decodePolicy, signal);
}

function decodeTotals(row: RawRow): DenialTotals {
  return {
    denials: number(row, "denials"),
    claims: number(row, "claims"),
    verified: number(row, "verified"),
    selfConsistent: number(row, "self_consistent"),
    doesNotVerify: number(row, "does_not_verify"),
    notChecked: number(row, "not_checked"),
    patterns: number(row, "patterns"),
    agents: number(row, "agents"),
    scopes: number(row, "scopes"),
    range: rangeOf(row, "first_second", "last_second"),
    timeless: number(row, "timeless"),
    everyReceipt: number(row, "every_receipt"),
    everyDenial: number(row, "every_denial"),
  };
}

interface Cell {
  readonly from: number;
  readonly place: number;
  readonly guard: string;
  readonly denials: number;
  readonly otherGuards: number;
}

function decodeCell(row: RawRow): Cell {
  return {
    from: number(row, "from_second"),
    place: number(row, "place"),
    guard: text(row, "guard"),
    denials: number(row, "denials"),
    otherGuards: number(row, "other_guards"),
  };
}

/** The place under which the statement puts all other guards. */
const OTHERS = 6;

/** Bins without a gap; the database leaves empty ones out. */
function stacked(
  cells: readonly Cell[],
  from: number,
  until: number,
  binSeconds: number,
): DenialHistogram {
  const guards = new Map<number, { readonly guard: string; denials: number }>();
  const found = new Map<number, { total: number; readonly counts: Map<number, number> }>();
  for (const cell of cells) {
    const guard = guards.get(cell.place) ?? { guard: cell.guard, denials: 0 };
    guard.denials += cell.denials;
    guards.set(cell.place, guard);
    const bin = found.get(cell.from) ?? { total: 0, counts: new Map<number, number>() };
    bin.total += cell.denials;
    bin.counts.set(cell.place, cell.denials);
    found.set(cell.from, bin);
  }
  const named = [...guards].filter(([place]) => place < OTHERS).sort(([a], [b]) => a - b);
  const bins: DenialBin[] = [];
  for (let at = Math.floor(from / binSeconds) * binSeconds; at < until; at += binSeconds) {
    const bin = found.get(at);
    const counts = named.map(([place]) => bin?.counts.get(place) ?? 0);
    bins.push({ from: at, total: bin?.total ?? 0, counts });
  }
  return {
    binSeconds,
    bins,
    guards: named.map(([, { guard, denials }]) => ({ guard, denials })),
    other: { guards: cells[0]?.otherGuards ?? 0, denials: guards.get(OTHERS)?.denials ?? 0 },
  };
}

function decodePattern(row: RawRow): {
  readonly pattern: PatternRow;
  readonly distinct: number;
  readonly range: TimeRange | null;
} {
  const spark = sparkOf(text(row, "spark"));
  const third = SPARK_BINS / 3;
  const pattern: PatternRow = {
    key: keyOf(row),
    denials: number(row, "denials"),
    share: number(row, "share"),
    verified: number(row, "verified"),
    claims: number(row, "claims"),
    agents: number(row, "agents"),
    scopes: number(row, "scopes"),
    tools: number(row, "tools"),
    topGuard: text(row, "top_guard"),
    topAgent: text(row, "top_agent"),
    topTool: text(row, "top_tool"),
    topScope: text(row, "top_scope"),
    first: numberOrNull(row, "first_second"),
    last: numberOrNull(row, "last_second"),
    spark,
    trend: { earlier: sum(spark.slice(0, third)), later: sum(spark.slice(-third)) },
  };
  const distinct = number(row, "distinct_patterns");
  return { pattern, distinct, range: rangeOf(row, "range_from", "range_to") };
}

function keyOf(row: RawRow): PatternRow["key"] {
  const key: Partial<Record<PatternPart, string>> = {};
  for (const [part, column] of [
    ["guard", "guard"],
    ["tool", "tool"],
    ["scope", "scope"],
    ["agent", "agent"],
    ["reason", "reason_pattern"],
  ] as const) {
    const value = textOrNull(row, column);
    if (value !== null) {
      key[part] = value;
    }
  }
  return key;
}

/** The statement writes `part:denials,…` and leaves parts without a denial out. */
function sparkOf(written: string): readonly number[] {
  const spark = new Array<number>(SPARK_BINS).fill(0);
  for (const pair of written === "" ? [] : written.split(",")) {
    const [part, denials] = pair.split(":");
    spark[Number(part)] = Number(denials);
  }
  return spark;
}

function decodeValue(row: RawRow) {
  return {
    value: text(row, "value"),
    count: number(row, "denials"),
    distinct: number(row, "distinct_values"),
  };
}

function decodePolicy(row: RawRow): PolicyBoundary {
  return {
    policy: text(row, "policy_hash"),
    first: number(row, "first_second"),
    last: number(row, "last_second"),
    receipts: number(row, "receipts"),
    isFirst: row("is_first") === true,
  };
}

function rangeOf(row: RawRow, first: string, last: string): TimeRange | null {
  const from = numberOrNull(row, first);
  const to = numberOrNull(row, last);
  return from === null || to === null ? null : { from, to };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
