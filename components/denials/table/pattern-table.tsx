// biome-ignore-all lint/a11y/useSemanticElements: the grid has one tab stop and names its active cell.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells.

"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { type GridPlace, movedPlace } from "@/components/receipts/grid-keys.ts";
import type { PatternRow } from "@/lib/queries/denial-model.ts";
import { type SeriesMap, seriesOf } from "../chart/series.ts";
import { keyText, patternWords } from "../pattern-key.ts";
import type { OnValue } from "../value-button.tsx";
import { PATTERN_COLUMNS, type PatternColumn } from "./pattern-columns.ts";
import { PatternRowView } from "./pattern-row.tsx";
import type { PatternSort } from "./sort-patterns.ts";

/** Rows of one page up or down. */
const PAGE = 10;

export interface PatternTableProps {
  /** In the order shown. */
  readonly patterns: readonly PatternRow[];
  readonly total: number;
  /** `24 hours`: what the small charts cover. */
  readonly covers: string;
  readonly series: SeriesMap;
  readonly isOneDay: boolean;
  readonly sort: PatternSort;
  readonly onSort: (sort: PatternSort) => void;
  /** Text of the selected pattern's key. */
  readonly selected: string | null;
  readonly onSelect: (pattern: PatternRow | null) => void;
  readonly onValue: OnValue;
}

/** The patterns as a grid with one tab stop; row -1 is the head, where Enter sorts. */
export function PatternTable(props: PatternTableProps): ReactNode {
  const { patterns, selected, sort } = props;
  const [stood, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const [focused, setFocused] = useState(false);
  const grid = useRef<HTMLDivElement | null>(null);
  const id = useId();
  const place = { ...stood, row: Math.min(stood.row, Math.max(patterns.length - 1, 0)) };
  const idAt = (row: number, column: number) => `${id}-${row}-${column}`;

  useEffect(() => {
    if (!focused || place.row < 0) return;
    document.getElementById(`${id}-${place.row}-0`)?.scrollIntoView({ block: "nearest" });
  }, [focused, place.row, id]);

  const sortBy = (column: PatternColumn) => {
    if (column.sort === null) return;
    const again = column.sort === sort.column;
    const descending = again ? !sort.descending : !["pattern", "first"].includes(column.sort);
    props.onSort({ column: column.sort, descending });
  };
  const isShown = (row: number, column: number) =>
    document.getElementById(idAt(row, column))?.checkVisibility() ?? false;
  const go = (wanted: GridPlace) => {
    const { row } = wanted;
    const step = Math.sign(wanted.column - place.column);
    let { column } = wanted;
    // A column for which the page is too narrow is passed over, and a head that is not shown is none.
    while (step !== 0 && PATTERN_COLUMNS[column] !== undefined && !isShown(row, column)) {
      column += step;
    }
    if (PATTERN_COLUMNS[column] === undefined) ({ column } = place);
    if (row < 0 && !isShown(row, column)) return;
    const next = { row, column };
    setPlace(next);
    const pattern = patterns[next.row];
    if (selected !== null && pattern !== undefined) props.onSelect(pattern);
  };
  const key = (event: KeyboardEvent) => {
    if (event.altKey || (event.key.length === 1 && !singleKeysAreOn())) return;
    const command = event.ctrlKey || event.metaKey;
    const column = PATTERN_COLUMNS[place.column];
    const pattern = patterns[place.row];
    const upToHead = (event.key === "ArrowUp" || event.key === "k") && place.row <= 0;
    const size = { rows: patterns.length, columns: PATTERN_COLUMNS.length, page: PAGE };
    const next = upToHead ? { ...place, row: -1 } : movedPlace(place, event.key, command, size);
    if (next !== null && !(command && event.key.length === 1)) go(next);
    else if (event.key === "Enter" && place.row < 0 && column !== undefined) sortBy(column);
    else if (event.key === "Enter") props.onSelect(pattern ?? null);
    else if (event.key === "Escape" && selected !== null) props.onSelect(null);
    else if (command || pattern === undefined) return;
    else if (event.key === "f" || event.key === "x") {
      const { guard } = patternWords(pattern);
      props.onValue(event.key === "f" ? "include" : "exclude", "guard", guard);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label="Patterns"
      aria-rowcount={patterns.length + 1}
      aria-colcount={PATTERN_COLUMNS.length}
      aria-activedescendant={patterns.length > 0 ? idAt(place.row, place.column) : undefined}
      onKeyDown={key}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      className="h-full overflow-y-auto overflow-x-hidden bg-surface [--pattern-columns:minmax(0,1fr)_58px_46px_96px_52px] focus-visible:-outline-offset-2 md:[--pattern-columns:minmax(0,1fr)_58px_46px_100px_64px_52px] lg:[--pattern-columns:minmax(0,1fr)_58px_44px_40px_40px_98px_64px_50px] max-sm:overflow-visible"
    >
      <div
        role="row"
        aria-rowindex={1}
        className="sticky top-0 z-10 grid h-8 grid-cols-[var(--pattern-columns)] items-center gap-x-2 border-hair border-b bg-surface px-[18px] text-11 text-fact max-sm:hidden"
      >
        {PATTERN_COLUMNS.map((column, at) => (
          <HeadCell
            key={column.id}
            id={idAt(-1, at)}
            column={column}
            label={column.id === "spark" ? props.covers : column.label}
            index={at}
            sort={sort}
            focused={focused && place.row === -1 && place.column === at}
            onSort={() => sortBy(column)}
          />
        ))}
      </div>
      {patterns.map((pattern, at) => (
        <PatternRowView
          key={keyText(pattern.key)}
          index={at}
          pattern={pattern}
          total={props.total}
          series={seriesOf(props.series, patternWords(pattern).guard)}
          isOneDay={props.isOneDay}
          selected={selected !== null && keyText(pattern.key) === selected}
          focusedColumn={focused && place.row === at ? place.column : null}
          idOf={(column) => idAt(at, column)}
          onPress={(column) => {
            setPlace({ row: at, column });
            props.onSelect(pattern);
          }}
        />
      ))}
    </div>
  );
}

interface HeadCellProps {
  readonly id: string;
  readonly column: PatternColumn;
  readonly label: string;
  readonly index: number;
  readonly sort: PatternSort;
  readonly focused: boolean;
  readonly onSort: () => void;
}

function HeadCell({ id, column, label, index, sort, focused, onSort }: HeadCellProps): ReactNode {
  // Share follows the same order as denials: the arrow stands once.
  const active = column.sort === sort.column && column.id !== "share";
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  const direction = sort.descending ? "descending" : "ascending";
  return (
    <div
      id={id}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={active ? direction : column.sort === null ? undefined : "none"}
      title={column.sort === null ? undefined : `Sort by ${column.label}`}
      onClick={onSort}
      className={`flex h-6 min-w-0 items-center gap-1 rounded-control ${column.align === "end" ? "justify-end" : ""} ${column.narrow} ${
        column.sort === null ? "" : "cursor-pointer hover:text-ink"
      } ${focused ? "outline-2 outline-ring" : ""}`}
    >
      <span className="truncate">{label}</span>
      {active && <Arrow aria-hidden="true" size={12} className="shrink-0" />}
    </div>
  );
}
