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
  return {
    totals: useQuery({ ...receiptTotals(revision, filter), placeholderData: keepPreviousData }),
    order,
    facets: useQuery({
      ...receiptFacets(revision, filter),
      placeholderData: keepPreviousData,
      // The table's rows come before the lists beside it.
      enabled: order.isSuccess,
    }),
    // The histogram shows all times: the brush is what restricts them.
    histogram: useQuery({
      ...receiptHistogram(revision, { ...filter, time: null }, bins),
      placeholderData: keepPreviousData,
      // Not before the drawing has a width, and after the table's rows.
      enabled: bins > 0 && order.isSuccess,
    }),
  };
}
