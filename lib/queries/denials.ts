import { queryOptions } from "@tanstack/react-query";
import { currentSession } from "@/lib/session/current.ts";
import {
  askCosts,
  askCoverage,
  askFailures,
  askFirstSeen,
  askGroups,
  askMatrix,
  askProbes,
  askRetries,
  askSpread,
} from "./ask-denial-views.ts";
import {
  askDenialFacets,
  askDenialHistogram,
  askDenialOrder,
  askDenialPage,
  askDenialTotals,
  askPatterns,
  askPolicies,
} from "./ask-denials.ts";
import { askPattern } from "./ask-pattern.ts";
import { askReadings } from "./ask-readings.ts";
import { askOrder } from "./ask-receipts.ts";
import type { DenialFilter, DenialNumber, PatternKey, PatternPart } from "./denial-model.ts";
import { DEFAULT_PARTS, EVERY_DENIAL } from "./denial-model.ts";
import type { DenialSort, MatrixField } from "./denial-questions.ts";
import type { ReceiptFilter } from "./model.ts";
import type { RecordPack } from "./record-pack.ts";

/** Every receipt that says deny, in all files; one that lies in several files counts once. */
export const DENIALS: ReceiptFilter = {
  time: null,
  include: { decision: ["deny"] },
  exclude: {},
  text: "",
};

/**
 * Each factory takes the session's revision first: it is part of the key, so an answer is asked again exactly
 * when rows, statuses or masks changed. Every query stops in the engine when its component goes away.
 */
export function denialTotals(
  revision: number,
  filter: DenialFilter,
  parts: readonly PatternPart[] = DEFAULT_PARTS,
) {
  return queryOptions({
    queryKey: ["denials", "totals", revision, filter, parts],
    queryFn: async ({ signal }) =>
      askDenialTotals(await currentSession().database(), filter, parts, signal),
  });
}

/** At most `bins` bins over the filter's time, or over all times of matching denials where it names none. */
export function denialHistogram(revision: number, filter: DenialFilter, bins: number) {
  return queryOptions({
    queryKey: ["denials", "histogram", revision, filter, bins],
    queryFn: async ({ signal }) =>
      askDenialHistogram(await currentSession().database(), filter, bins, signal),
  });
}

export function patternList(
  revision: number,
  filter: DenialFilter,
  parts: readonly PatternPart[] = DEFAULT_PARTS,
) {
  return queryOptions({
    queryKey: ["denials", "patterns", revision, filter, parts],
    queryFn: async ({ signal }) =>
      askPatterns(await currentSession().database(), filter, parts, signal),
  });
}

/** Totals, prevalence and examples of one pattern among the denials that pass the filter. */
export function patternDetail(revision: number, filter: DenialFilter, key: PatternKey) {
  return queryOptions({
    queryKey: ["denials", "pattern", revision, filter, key],
    queryFn: async ({ signal }) =>
      askPattern(await currentSession().database(), filter, key, signal),
  });
}

/** What speaks for and against misconfiguration and attack, with the statement behind each line. */
export function patternReadings(revision: number, filter: DenialFilter, key: PatternKey) {
  return queryOptions({
    queryKey: ["denials", "readings", revision, filter, key],
    queryFn: async ({ signal }) =>
      askReadings(await currentSession().database(), filter, key, signal),
  });
}

export function denialFacets(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "facets", revision, filter],
    queryFn: async ({ signal }) =>
      askDenialFacets(await currentSession().database(), filter, signal),
  });
}

/** The numbers of all matching denials, in order: the list's honest length and the source of its pages. */
export function denialOrder(revision: number, filter: DenialFilter, sort: DenialSort) {
  return queryOptions({
    queryKey: ["denials", "order", revision, filter, sort],
    queryFn: async ({ signal }) =>
      askDenialOrder(await currentSession().database(), filter, sort, signal),
    // A million numbers: kept only while a table shows them. Binary data cannot be compared by structure.
    gcTime: 5_000,
    structuralSharing: false,
  });
}

/** The given denials, in the given order; `numbers` is a slice of {@link denialOrder}'s, at most 500. */
export function denialPage(revision: number, numbers: readonly DenialNumber[]) {
  return queryOptions({
    queryKey: ["denials", "page", revision, numbers],
    queryFn: async ({ signal }) =>
      askDenialPage(await currentSession().database(), numbers, signal),
  });
}

/** When each policy was first seen, in any receipt. */
export function policyBoundaries(revision: number) {
  return queryOptions({
    queryKey: ["denials", "policies", revision],
    queryFn: async ({ signal }) =>
      askPolicies(await currentSession().database(), EVERY_DENIAL, signal),
  });
}

export function denialMatrix(
  revision: number,
  filter: DenialFilter,
  row: MatrixField,
  column: MatrixField,
) {
  return queryOptions({
    queryKey: ["denials", "matrix", revision, filter, row, column],
    queryFn: async ({ signal }) =>
      askMatrix(await currentSession().database(), filter, row, column, signal),
  });
}

export function firstSeen(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "first-seen", revision, filter],
    queryFn: async ({ signal }) => askFirstSeen(await currentSession().database(), filter, signal),
  });
}

export function scopeSpread(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "spread", revision, filter],
    queryFn: async ({ signal }) => askSpread(await currentSession().database(), filter, signal),
  });
}

export function denialProbes(revision: number, filter: DenialFilter, windowSeconds: number) {
  return queryOptions({
    queryKey: ["denials", "probes", revision, filter, windowSeconds],
    queryFn: async ({ signal }) =>
      askProbes(await currentSession().database(), filter, windowSeconds, signal),
  });
}

export function denialRetries(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "retries", revision, filter],
    queryFn: async ({ signal }) => askRetries(await currentSession().database(), filter, signal),
  });
}

export function refusedCosts(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "costs", revision, filter],
    queryFn: async ({ signal }) => askCosts(await currentSession().database(), filter, signal),
  });
}

export function consumerGroups(revision: number, filter: DenialFilter) {
  return queryOptions({
    queryKey: ["denials", "groups", revision, filter],
    queryFn: async ({ signal }) => askGroups(await currentSession().database(), filter, signal),
  });
}

/** Of all receipts that name a partition and an offset. */
export function offsetCoverage(revision: number) {
  return queryOptions({
    queryKey: ["denials", "coverage", revision],
    queryFn: async ({ signal }) =>
      askCoverage(await currentSession().database(), EVERY_DENIAL, signal),
  });
}

/** Records that a connector could not process; they are no denials. */
export function processingFailures(revision: number) {
  return queryOptions({
    queryKey: ["denials", "failures", revision],
    queryFn: async ({ signal }) =>
      askFailures(await currentSession().database(), EVERY_DENIAL, signal),
  });
}

/** Numbers of all denials, in the order of the files. */
export async function denialRows(signal: AbortSignal): Promise<Float64Array> {
  // All decisions are equal here, and equal rows come by their number, which is their place in the files.
  const sort = { column: "decision", descending: false } as const;
  return askOrder(await currentSession().database(), DENIALS, sort, signal);
}

/** As {@link denialRows}, of the denials that pass a filter. Claims hold no receipt and are left out. */
export function denialRowsOf(filter: DenialFilter): (signal: AbortSignal) => Promise<Float64Array> {
  return async (signal) => {
    const database = await currentSession().database();
    const order = { column: "time", descending: false } as const;
    const numbers = await askDenialOrder(database, filter, order, signal);
    return numbers.filter((number) => number >= 0).sort();
  };
}

/** Receipts as their files hold them now, with what is loaded of their capabilities. */
export function readRecords(rows: readonly number[]): Promise<RecordPack> {
  return currentSession().records(rows);
}
