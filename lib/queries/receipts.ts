import { queryOptions } from "@tanstack/react-query";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { currentSession } from "@/lib/session/current.ts";
import { askFacets, askHistogram, askOrder, askPage, askTotals } from "./ask-receipts.ts";

/** What the keys of all questions here begin with. */
export const RECEIPT_QUESTIONS = ["receipts"] as const;

/** No restriction: every receipt. */
export const EVERY_RECEIPT: ReceiptFilter = { time: null, include: {}, exclude: {}, text: "" };

/**
 * Each factory takes the session's revision first: it is part of the key, so an answer is asked again
 * exactly when rows or statuses changed. Every query stops in the engine when its component goes away.
 */
export function receiptTotals(revision: number, filter: ReceiptFilter) {
  return queryOptions({
    queryKey: ["receipts", "totals", revision, filter],
    queryFn: async ({ signal }) => askTotals(await currentSession().database(), filter, signal),
  });
}

/** The numbers of all matching rows, in order: the table's honest length and the source of its pages. */
export function receiptOrder(revision: number, filter: ReceiptFilter, sort: ReceiptSort) {
  return queryOptions({
    queryKey: ["receipts", "order", revision, filter, sort],
    queryFn: async ({ signal }) =>
      askOrder(await currentSession().database(), filter, sort, signal),
    // A million numbers: kept only while a table shows them. Binary data cannot be compared by structure.
    gcTime: 5_000,
    structuralSharing: false,
  });
}

/** The given rows, in the given order; `rows` is a slice of {@link receiptOrder}'s, at most 500. */
export function receiptPage(revision: number, rows: readonly number[]) {
  return queryOptions({
    queryKey: ["receipts", "page", revision, rows],
    queryFn: async ({ signal }) => askPage(await currentSession().database(), rows, signal),
  });
}

/**
 * Values with counts, for every facet. A facet's own restriction does not narrow its own list, so that
 * what was left out can be chosen again.
 */
export function receiptFacets(revision: number, filter: ReceiptFilter) {
  return queryOptions({
    queryKey: ["receipts", "facets", revision, filter],
    queryFn: async ({ signal }) => askFacets(await currentSession().database(), filter, signal),
  });
}

/** At most `bins` bins over the filter's time, or over all times where it names none. */
export function receiptHistogram(revision: number, filter: ReceiptFilter, bins: number) {
  return queryOptions({
    queryKey: ["receipts", "histogram", revision, filter, bins],
    queryFn: async ({ signal }) => {
      const session = currentSession();
      return askHistogram(await session.database(), session.absences(), filter, bins, signal);
    },
  });
}

/** What is loaded of a capability by its id: its token, or a store's row about it; null where nothing is. */
export function loadedCapability(revision: number, id: string) {
  return queryOptions({
    queryKey: ["receipts", "capability", revision, id],
    queryFn: () => currentSession().capability(id),
  });
}

/** Everything about one receipt, recomputed from the bytes of its file now. */
export function receiptDetail(revision: number, row: number) {
  return queryOptions({
    queryKey: ["receipts", "detail", revision, row],
    queryFn: () => currentSession().detail(row),
  });
}
