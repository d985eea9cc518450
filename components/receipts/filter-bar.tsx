"use client";

import { type ReactNode, useState } from "react";
import { useSingleKeys } from "@/components/frame/use-keys.ts";
import { SqlButton } from "@/components/ui/show-sql.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { AddFilter } from "./add-filter.tsx";
import type { ColumnId } from "./columns.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { receiptStatements } from "./receipt-statements.ts";

interface FilterBarProps {
  readonly filter: ReceiptFilter;
  readonly onFilter: (filter: ReceiptFilter) => void;
  readonly sort: ReceiptSort;
  readonly revision: number;
  /** Of the chart's bars; undefined before it is drawn. */
  readonly binSeconds: number | undefined;
  readonly rows: Float64Array;
  readonly every: number;
  readonly matching: number;
  readonly running: boolean;
  readonly columns: readonly ColumnId[];
  readonly onColumns: (columns: readonly ColumnId[]) => void;
}

/** What is filtered, how many match of how many, and what can be done with them. */
export function FilterBar(props: FilterBarProps): ReactNode {
  const [adding, setAdding] = useState(false);
  // On a cell of the table the same key filters by the cell's value, and is taken there.
  useSingleKeys((event) => {
    if (event.key === "f") setAdding(true);
    return event.key === "f";
  });
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <FilterChips filter={props.filter} onFilter={props.onFilter} />
      <AddFilter
        filter={props.filter}
        isOpen={adding}
        onOpen={setAdding}
        onFilter={props.onFilter}
      />
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <p role="status" className="pr-1 text-13 text-fact">
          <span className="font-semibold text-ink">{formatCount(props.matching)}</span> of{" "}
          {formatCount(props.every)} receipts{props.running ? " so far" : ""}
        </p>
        <span aria-hidden="true" className="h-5 w-px bg-border max-sm:hidden" />
        <SqlButton
          of="this page"
          statements={() => receiptStatements(props.filter, props.sort, props.binSeconds)}
        />
        <ColumnsMenu chosen={props.columns} onChosen={props.onColumns} />
        <ExportMenu revision={props.revision} order={props.rows} />
      </div>
    </div>
  );
}
