// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells.

"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import type { FacetName, ReceiptRow, ReceiptSort } from "@/lib/queries/model.ts";
import {
  type Column,
  type ColumnId,
  type ColumnNeeds,
  cellValue,
  fittingColumns,
  gridTemplate,
} from "./columns.ts";
import { type GridPlace, movedPlace } from "./grid-keys.ts";
import { TableRow } from "./table-row.tsx";
import { useElementWidth } from "./use-element-width.ts";
import { FINGER, useMedia } from "./use-media.ts";
import { useRowPages } from "./use-row-pages.ts";
import { useScaledRows } from "./use-scaled-rows.ts";

const HEAD = 28;

export interface ReceiptTableProps {
  readonly revision: number;
  /** Row numbers of all that match, in the order shown. */
  readonly order: Float64Array;
  readonly sort: ReceiptSort;
  readonly onSort: (sort: ReceiptSort) => void;
  readonly chosen: readonly ColumnId[];
  readonly needs: ColumnNeeds;
  /** The row whose drawer is open. */
  readonly selected: number | null;
  readonly onSelect: (row: number | null) => void;
  readonly onFilter: (mode: "include" | "exclude", facet: FacetName, value: string) => void;
}

/**
 * All matching rows as a grid with one tab stop. The focused cell is named by `aria-activedescendant`, so
 * that the focus survives rows coming and going; row -1 is the head, where Enter sorts.
 */
export function ReceiptTable(props: ReceiptTableProps): ReactNode {
  const { order, sort, onSort, selected, onSelect, needs } = props;
  const [measure, width] = useElementWidth();
  const rowHeight = useMedia(FINGER) ? 44 : 28;
  const rows = useScaledRows(order.length, rowHeight, HEAD);
  const first = rows.items[0]?.index ?? 0;
  const last = rows.items.at(-1)?.index ?? 0;
  const rowAt = useRowPages(props.revision, order, first, last);
  const digits = Math.max(needs.seqDigits, seqDigits(rowAt(first)), seqDigits(rowAt(last)));
  const columns = fittingColumns(props.chosen, width, { ...needs, seqDigits: digits });
  const [stood, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  // Rows and columns may have become fewer since.
  const place = {
    row: Math.min(stood.row, Math.max(order.length - 1, 0)),
    column: Math.min(stood.column, columns.length - 1),
  };
  const [focused, setFocused] = useState(false);
  const id = useId();
  const template = gridTemplate(columns);
  const { scrollToRow } = rows;

  const selectedAt = useSelectedPosition(order, selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not every scroll.
  useEffect(() => {
    if (selectedAt === null) return;
    setPlace((before) => ({ ...before, row: selectedAt }));
    scrollToRow(selectedAt);
  }, [selectedAt]);

  const go = (next: GridPlace) => {
    setPlace(next);
    if (next.row >= 0) scrollToRow(next.row);
    const opened = order[next.row];
    if (selected !== null && opened !== undefined) onSelect(opened);
  };
  const sortBy = (column: Column) => {
    if (column.sort === null) return;
    const descending =
      column.sort === sort.column
        ? !sort.descending
        : column.sort === "time" || column.sort === "seq";
    onSort({ column: column.sort, descending });
  };
  const filterBy = (key: "f" | "x", row: ReceiptRow, column: Column) => {
    const value = cellFacet(row, column);
    if (column.facet !== null && value !== "") {
      props.onFilter(key === "f" ? "include" : "exclude", column.facet, value);
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.altKey || (event.key.length === 1 && !singleKeysAreOn())) return;
    const command = event.ctrlKey || event.metaKey;
    const column = columns[place.column];
    const row = place.row < 0 ? null : rowAt(place.row);
    const upToHead = (event.key === "ArrowUp" || event.key === "k") && place.row <= 0;
    const size = { rows: order.length, columns: columns.length, page: rows.page };
    const next = upToHead ? { ...place, row: -1 } : movedPlace(place, event.key, command, size);
    if (next !== null && !(command && event.key.length === 1)) go(next);
    else if (event.key === "Enter" && place.row < 0 && column !== undefined) sortBy(column);
    else if (event.key === "Enter") onSelect(order[place.row] ?? null);
    else if (event.key === "Escape" && selected !== null) onSelect(null);
    else if (command || row === null || column === undefined) return;
    else if (event.key === "f" || event.key === "x") filterBy(event.key, row, column);
    else if (event.key === "y") void navigator.clipboard?.writeText(cellValue(row, column.id));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={measure} className="relative h-full min-h-0 min-w-0">
      <div
        ref={rows.attach}
        role="grid"
        tabIndex={0}
        aria-label="Receipts"
        aria-rowcount={order.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={order.length > 0 || place.row < 0 ? cellId(id, place) : undefined}
        onKeyDown={key}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="absolute inset-0 overflow-x-hidden overflow-y-auto bg-surface focus-visible:-outline-offset-2"
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, height: HEAD }}
          className="sticky top-0 z-10 grid items-center gap-x-2.5 border-hair border-b bg-bg px-3 text-11 text-fact"
        >
          {columns.map((column, at) => (
            <HeadCell
              key={column.id}
              id={cellId(id, { row: -1, column: at })}
              column={column}
              index={at}
              sort={sort}
              focused={focused && place.row === -1 && place.column === at}
              onSort={() => sortBy(column)}
            />
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.height }}>
          {rows.items.map((item) => (
            <TableRow
              key={item.key}
              index={item.index}
              top={rows.topOf(item)}
              height={rowHeight}
              row={rowAt(item.index)}
              columns={columns}
              template={template}
              dated={needs.dated}
              selected={selected !== null && order[item.index] === selected}
              focusedColumn={focused && place.row === item.index ? place.column : null}
              idOf={(column) => cellId(id, { row: item.index, column })}
              onPress={(column) => {
                setPlace({ row: item.index, column });
                onSelect(order[item.index] ?? null);
              }}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function cellId(table: string, place: GridPlace): string {
  return `${table}-${place.row}-${place.column}`;
}

/** Sequence numbers are the file's: they may be longer than the count of rows, up to 20 digits. */
function seqDigits(row: ReceiptRow | null): number {
  return Math.min(row?.seq?.length ?? 0, 20);
}

/** The facet's value in a cell. The reason's column filters by the guard alone. */
function cellFacet(row: ReceiptRow, column: Column): string {
  return column.id === "reason" ? row.guard : cellValue(row, column.id);
}

/** Where the selected row stands in the order; null when it does not match or nothing is selected. */
function useSelectedPosition(order: Float64Array, selected: number | null): number | null {
  return useMemo(() => {
    const at = selected === null ? -1 : order.indexOf(selected);
    return at < 0 ? null : at;
  }, [order, selected]);
}

interface HeadCellProps {
  readonly id: string;
  readonly column: Column;
  readonly index: number;
  readonly sort: ReceiptSort;
  readonly focused: boolean;
  readonly onSort: () => void;
}

function HeadCell({ id, column, index, sort, focused, onSort }: HeadCellProps): ReactNode {
  const active = column.sort !== null && column.sort === sort.column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={
        active
          ? sort.descending
            ? "descending"
            : "ascending"
          : column.sort === null
            ? undefined
            : "none"
      }
      title={column.sort === null ? undefined : `Sort by ${column.label}`}
      onClick={onSort}
      className={`flex h-6 min-w-0 items-center gap-1 rounded-control ${column.align === "end" ? "justify-end" : ""} ${
        column.sort === null ? "" : "cursor-pointer hover:text-ink"
      } ${focused ? "outline-2 outline-ring" : ""}`}
    >
      <span className={column.id === "integrity" ? "sr-only" : "truncate"}>{column.label}</span>
      {active && <Arrow aria-hidden="true" size={12} className="shrink-0" />}
    </div>
  );
}
