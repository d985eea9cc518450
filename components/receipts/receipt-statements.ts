import type { Statement } from "@/components/ui/show-sql.tsx";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { receiptSql } from "@/lib/queries/receipt-sql.ts";
import { facetTitle } from "./facet-words.ts";
import { FACET_NAMES } from "./filter-edit.ts";

/** Seconds of a bar where the chart is not drawn yet. */
const AN_HOUR = 3_600;

/** What the Receipts page shows, part by part. */
export function receiptStatements(
  filter: ReceiptFilter,
  sort: ReceiptSort,
  binSeconds: number = AN_HOUR,
): readonly Statement[] {
  return [
    { title: "Receipts", sql: receiptSql(filter, { kind: "table", sort }) },
    { title: "How many", sql: receiptSql(filter, { kind: "totals" }) },
    { title: "Over time", sql: receiptSql(filter, { kind: "histogram", binSeconds }) },
    ...FACET_NAMES.map((facet) => ({
      title: `By ${facetTitle(facet).toLowerCase()}`,
      sql: receiptSql(filter, { kind: "facet", facet }),
    })),
  ];
}
