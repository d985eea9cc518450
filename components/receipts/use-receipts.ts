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
  const order = useQuery({
    ...receiptOrder(revision, filter, sort),
    placeholderData: keepPreviousData,
  });
  const totals = useQuery({
    ...receiptTotals(revision, filter),
    placeholderData: keepPreviousData,
  });
  // The first rows must not wait for ten questions about an empty table.
  const isWorthAsking = order.isSuccess && (totals.data?.every ?? 0) > 0;
  return {
    totals,
    order,
    facets: useQuery({
      ...receiptFacets(revision, filter),
      placeholderData: keepPreviousData,
      enabled: isWorthAsking,
    }),
    // The histogram shows all times: the brush is what restricts them.
    histogram: useQuery({
      ...receiptHistogram(revision, { ...filter, time: null }, bins),
      placeholderData: keepPreviousData,
      // Not before the drawing has a width.
      enabled: bins > 0 && isWorthAsking,
    }),
  };
}
