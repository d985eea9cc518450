import { keepPreviousData, useQueries } from "@tanstack/react-query";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";

const PAGE = 200;

/**
 * The rows from `first` to `last` (positions in `order`, inclusive), read in pages of 200 around them.
 * A position whose page has not come yet gives null.
 */
export function useRowPages(
  revision: number,
  order: ArrayLike<number>,
  first: number,
  last: number,
): (position: number) => ReceiptRow | null {
  const from = Math.floor(Math.max(first, 0) / PAGE);
  const to = order.length === 0 ? from - 1 : Math.floor(Math.min(last, order.length - 1) / PAGE);
  const numbers = Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at);
  const pages = useQueries({
    queries: numbers.map((page) => ({
      ...receiptPage(
        revision,
        Array.from(
          { length: Math.min(PAGE, order.length - page * PAGE) },
          (_, at) => order[page * PAGE + at] ?? 0,
        ),
      ),
      placeholderData: keepPreviousData,
    })),
  });
  return (position) => {
    const page = pages[Math.floor(position / PAGE) - from]?.data;
    const row = page?.[position % PAGE];
    return row !== undefined && row.row === order[position] ? row : null;
  };
}
