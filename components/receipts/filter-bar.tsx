"use client";

import { type ReactNode, useEffect, useState } from "react";
import { formatCount } from "@/lib/display/numbers.ts";
import type { ReceiptFilter, ReceiptSort } from "@/lib/queries/model.ts";
import { AddFilter } from "./add-filter.tsx";
import type { ColumnId } from "./columns.ts";
import { ColumnsMenu } from "./columns-menu.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { SqlDialog } from "./sql-dialog.tsx";

interface FilterBarProps {
  readonly filter: ReceiptFilter;
  readonly onFilter: (filter: ReceiptFilter) => void;
  readonly sort: ReceiptSort;
  readonly revision: number;
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
  useFilterKey(() => setAdding(true));
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
        <SqlDialog filter={props.filter} sort={props.sort} />
        <ColumnsMenu chosen={props.columns} onChosen={props.onColumns} />
        <ExportMenu revision={props.revision} order={props.rows} />
      </div>
    </div>
  );
}

/** `f` anywhere but in a field or on a cell, where it filters by the cell's value. */
function useFilterKey(open: () => void): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (
        event.key !== "f" ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented
      )
        return;
      const target = event.target;
      if (
        target instanceof Element &&
        target.closest("input, textarea, select, [role=grid], [role=dialog]")
      )
        return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  });
}
