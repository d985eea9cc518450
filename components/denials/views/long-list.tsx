// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.

"use client";

import { type QueryKey, type UseQueryOptions, useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { movedPlace } from "@/components/receipts/grid-keys.ts";
import { FINGER, useMedia } from "@/components/receipts/use-media.ts";
import { useScaledRows } from "@/components/receipts/use-scaled-rows.ts";

const HEAD = 28;
/** Pixels below which the list is scrolled sideways within its frame. */
const LEAST_WIDTH = 760;
/** Rows that are read at a time. */
const PAGE = 200;

interface LongListProps<Row, Key extends QueryKey> {
  readonly label: string;
  /** Numbers of all rows, in the order shown. */
  readonly order: ArrayLike<number>;
  /** Heads of the columns; the first may be empty. */
  readonly heads: readonly string[];
  readonly template: string;
  /** Asks for the rows with these numbers, in this order. */
  readonly pageOf: (
    numbers: readonly number[],
  ) => UseQueryOptions<readonly Row[], Error, readonly Row[], Key>;
  readonly cells: (row: Row) => readonly ReactNode[];
  readonly selected?: number | null;
  readonly onOpen: (number: number) => void;
}

/** A list of any length as a grid with one tab stop, walked by rows; Enter opens. */
export function LongList<Row, Key extends QueryKey>(props: LongListProps<Row, Key>): ReactNode {
  const { order, selected = null } = props;
  const rowHeight = useMedia(FINGER) ? 44 : 28;
  const rows = useScaledRows(order.length, rowHeight, HEAD);
  const [stood, setStood] = useState(0);
  const [focused, setFocused] = useState(false);
  const id = useId();
  const at = Math.min(stood, Math.max(order.length - 1, 0));
  const from = Math.floor((rows.items[0]?.index ?? 0) / PAGE);
  const to = Math.floor((rows.items.at(-1)?.index ?? 0) / PAGE);
  const pages = useQueries({
    queries: Array.from({ length: to - from + 1 }, (_, page) =>
      props.pageOf(numbersOf(order, (from + page) * PAGE)),
    ),
  });
  const key = (event: KeyboardEvent) => {
    if (event.altKey || (event.key.length === 1 && !singleKeysAreOn())) return;
    const command = event.ctrlKey || event.metaKey;
    const size = { rows: order.length, columns: 1, page: rows.page };
    const jump = command || event.key === "Home" || event.key === "End";
    const next = movedPlace({ row: at, column: 0 }, event.key, jump, size);
    const number = order[at];
    if (next !== null && !(command && event.key.length === 1)) {
      setStood(next.row);
      rows.scrollToRow(next.row);
    } else if (event.key === "Enter" && number !== undefined) props.onOpen(number);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="relative min-h-[280px] flex-1">
      <div
        ref={rows.attach}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={order.length + 1}
        aria-colcount={props.heads.length}
        aria-activedescendant={order.length > 0 ? `${id}-${at}` : undefined}
        onKeyDown={key}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        className="absolute inset-0 overflow-auto bg-surface focus-visible:-outline-offset-2"
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: props.template, height: HEAD, minWidth: LEAST_WIDTH }}
          className="sticky top-0 z-10 grid items-center gap-x-3 border-hair border-b bg-surface px-[18px] text-11 text-fact"
        >
          {props.heads.map((head, column) => (
            <div key={head} role="columnheader" aria-colindex={column + 1} className="truncate">
              {head === "" ? <span className="sr-only">what it is worth</span> : head}
            </div>
          ))}
        </div>
        <div
          role="rowgroup"
          className="relative"
          style={{ height: rows.height, minWidth: LEAST_WIDTH }}
        >
          {rows.items.map((item) => {
            const number = order[item.index];
            const row = pages[Math.floor(item.index / PAGE) - from]?.data?.[item.index % PAGE];
            // The place of a row that has not come yet is kept, and nothing is claimed.
            const cells = row === undefined ? [] : props.cells(row);
            return (
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selected !== null && number === selected}
                onClick={() => {
                  setStood(item.index);
                  if (number !== undefined) props.onOpen(number);
                }}
                style={{
                  gridTemplateColumns: props.template,
                  height: rowHeight,
                  transform: `translateY(${rows.topOf(item)}px)`,
                }}
                className={`absolute inset-x-0 top-0 grid cursor-pointer items-center gap-x-3 border-hair border-b px-[18px] text-12 ${
                  selected !== null && number === selected ? "bg-selected" : "hover:bg-bg"
                } ${focused && at === item.index ? "outline-2 outline-ring -outline-offset-2" : ""}`}
              >
                {props.heads.map((head, column) => (
                  <div
                    key={head}
                    role="gridcell"
                    aria-colindex={column + 1}
                    className="flex min-w-0 items-center gap-1"
                  >
                    {cells[column]}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function numbersOf(order: ArrayLike<number>, start: number): readonly number[] {
  const length = Math.max(Math.min(PAGE, order.length - start), 0);
  return Array.from({ length }, (_, at) => order[start + at] ?? 0);
}
