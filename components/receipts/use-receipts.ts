import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import {
  receiptFacets,
  receiptHistogram,
  receiptOrder,
  receiptTotals,
} from "@/lib/queries/receipts.ts";

/** The four questions of the page. While a new answer is on its way, the last one stays. */
export function useReceipts(
  revision: number,
  filter: ReceiptFilter,
  sort: ReceiptSort,
  bins: number,
) {
  return {
    totals: useQuery({ ...receiptTotals(revision, filter), placeholderData: keepPreviousData }),
    order: useQuery({ ...receiptOrder(revision, filter, sort), placeholderData: keepPreviousData }),
    facets: useQuery({ ...receiptFacets(revision, filter), placeholderData: keepPreviousData }),
    // The histogram shows all times: the brush is what restricts them.
    histogram: useQuery({
      ...receiptHistogram(revision, { ...filter, time: null }, bins),
      placeholderData: keepPreviousData,
      // Not before the drawing has a width.
      enabled: bins > 0,
    }),
  };
}
