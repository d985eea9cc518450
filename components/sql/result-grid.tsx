// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells.

"use client";

import { ArrowDown, ArrowUp, ChartNoAxesColumn } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { type GridPlace, movedPlace } from "@/components/receipts/grid-keys.ts";
import { useElementWidth } from "@/components/receipts/use-element-width.ts";
import { FINGER, useMedia } from "@/components/receipts/use-media.ts";
import { useScaledRows } from "@/components/receipts/use-scaled-rows.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { classNames } from "@/components/ui/class-names.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";
import { type GridColumn, gridColumns, visibleColumns } from "./grid-columns.ts";

const HEAD = 44;
/** Characters of a value that stand in a cell; the rest is one key away. */
const SHOWN = 200;

export interface GridSort {
  readonly column: number | null;
  readonly descending: boolean;
}

interface ResultGridProps {
  readonly rows: ResultRows;
  /** Numbers of the rows that are shown, in order. */
  readonly order: Int32Array;
  readonly sort: GridSort;
  readonly onSort: (column: number) => void;
  readonly onCell: (row: number, column: number) => void;
  readonly onColumn: (column: number) => void;
}

/** A result as a grid with one tab stop; row -1 is the head, where Enter sorts and I tells of the column. */
export function ResultGrid(props: ResultGridProps): ReactNode {
  const { rows, order, sort } = props;
  const [measure, width] = useElementWidth();
  const [scrolled, setScrolled] = useState(0);
  const rowHeight = useMedia(FINGER) ? 44 : 28;
  const scaled = useScaledRows(order.length, rowHeight, HEAD);
  const columns = useMemo(() => gridColumns(rows, Math.max(width - 16, 0)), [rows, width]);
  const total = columns.reduce((sum, column) => sum + column.width, 0);
  const [stood, setPlace] = useState<GridPlace>({ row: -1, column: 0 });
  const place = {
    row: Math.min(stood.row, order.length - 1),
    column: Math.min(stood.column, Math.max(columns.length - 1, 0)),
  };
  const [focused, setFocused] = useState(false);
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const id = useId();
  const shown = visibleColumns(columns, scrolled, width, place.column);

  const go = (next: GridPlace) => {
    setPlace(next);
    if (next.row >= 0) scaled.scrollToRow(next.row);
    const column = columns[next.column];
    if (box === null || column === undefined) return;
    if (column.left < box.scrollLeft) box.scrollLeft = column.left;
    else if (column.left + column.width > box.scrollLeft + box.clientWidth) {
      box.scrollLeft = column.left + column.width - box.clientWidth;
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.altKey || (event.key.length === 1 && !singleKeysAreOn())) return;
    const command = event.ctrlKey || event.metaKey;
    const size = { rows: order.length, columns: columns.length, page: scaled.page };
    const toHead = (event.key === "ArrowUp" || event.key === "k") && place.row <= 0;
    const next = toHead ? { ...place, row: -1 } : movedPlace(place, event.key, command, size);
    const row = order[place.row];
    if (next !== null && !(command && event.key.length === 1)) go(next);
    else if (event.key === "Enter" && place.row < 0) props.onSort(place.column);
    else if (event.key === "Enter" && row !== undefined) props.onCell(row, place.column);
    else if (event.key === "i" && !command) props.onColumn(place.column);
    else if (event.key === "y" && !command && row !== undefined) {
      void navigator.clipboard?.writeText(rows.text(row, place.column) ?? "");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={measure} className="relative h-full min-h-0 min-w-0">
      <div
        ref={(element) => {
          scaled.attach(element);
          setBox(element);
        }}
        role="grid"
        tabIndex={0}
        aria-label="Result"
        aria-rowcount={order.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={cellId(id, place)}
        onKeyDown={key}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
        className="absolute inset-0 overflow-auto bg-surface focus-visible:-outline-offset-2"
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ height: HEAD, width: total }}
          className="sticky top-0 z-10 min-w-full border-hair border-b bg-bg"
        >
          {shown.map((column) => (
            <HeadCell
              key={column.index}
              id={cellId(id, { row: -1, column: column.index })}
              column={column}
              sort={sort}
              focused={focused && place.row === -1 && place.column === column.index}
              onSort={() => props.onSort(column.index)}
              onColumn={() => props.onColumn(column.index)}
            />
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: scaled.height, width: total }}>
          {scaled.items.map((item) => (
            <div
              key={item.key}
              role="row"
              aria-rowindex={item.index + 2}
              style={{ height: rowHeight, transform: `translateY(${scaled.topOf(item)}px)` }}
              className="absolute inset-x-0 top-0 border-hair border-b text-12 hover:bg-bg"
            >
              {shown.map((column) => (
                <div
                  key={column.index}
                  id={cellId(id, { row: item.index, column: column.index })}
                  role="gridcell"
                  aria-colindex={column.index + 1}
                  style={{ left: column.left, width: column.width }}
                  onClick={() => setPlace({ row: item.index, column: column.index })}
                  onDoubleClick={() => props.onCell(order[item.index] ?? 0, column.index)}
                  className={classNames(
                    "absolute inset-y-0 flex min-w-0 items-center px-3",
                    column.end && "justify-end tabular-nums",
                    focused &&
                      place.row === item.index &&
                      place.column === column.index &&
                      "rounded-control outline-2 outline-ring -outline-offset-2",
                  )}
                >
                  <Cell rows={rows} row={order[item.index] ?? 0} column={column.index} />
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

function cellId(grid: string, place: GridPlace): string {
  return `${grid}-${place.row}-${place.column}`;
}

interface CellProps {
  readonly rows: ResultRows;
  readonly row: number;
  readonly column: number;
}

/** The beginning of a value, with what would not be seen made visible; null is told from an empty text. */
function Cell({ rows, row, column }: CellProps): ReactNode {
  const start = rows.start(row, column, SHOWN);
  if (start === null) return <span className="text-muted italic">null</span>;
  const text = visibleText(start.text);
  return (
    <bdi className="truncate font-mono" title={start.whole ? text : `${text} … (Enter shows all)`}>
      {text}
      {start.whole ? "" : "…"}
    </bdi>
  );
}

interface HeadCellProps {
  readonly id: string;
  readonly column: GridColumn;
  readonly sort: GridSort;
  readonly focused: boolean;
  readonly onSort: () => void;
  readonly onColumn: () => void;
}

function HeadCell({ id, column, sort, focused, onSort, onColumn }: HeadCellProps): ReactNode {
  const active = sort.column === column.index;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={column.index + 1}
      aria-sort={active ? (sort.descending ? "descending" : "ascending") : "none"}
      onClick={onSort}
      style={{ left: column.left, width: column.width }}
      className={classNames(
        "absolute inset-y-0 flex min-w-0 cursor-pointer items-center gap-1 px-3 hover:bg-sunken",
        column.end && "justify-end text-right",
        focused && "rounded-control outline-2 outline-ring -outline-offset-2",
      )}
    >
      <span className="min-w-0">
        <span className="flex items-center gap-1">
          <bdi className="truncate font-medium text-12 text-ink">{visibleText(column.name)}</bdi>
          {active && <Arrow aria-hidden size={12} className="shrink-0" />}
        </span>
        <span className="block truncate text-11 text-muted">{visibleText(column.type)}</span>
      </span>
      {/* For the pointer; I does the same from the keyboard, and a grid's cell holds no second tab stop. */}
      <span
        aria-hidden
        title="Figures of this column (I)"
        onClick={(event) => {
          event.stopPropagation();
          onColumn();
        }}
        className="flex size-6 shrink-0 items-center justify-center rounded-control text-muted hover:bg-surface hover:text-ink"
      >
        <ChartNoAxesColumn size={13} />
      </span>
    </div>
  );
}
