// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { movedPlace } from "@/components/receipts/grid-keys.ts";
import { useElementWidth } from "@/components/receipts/use-element-width.ts";
import { FINGER, useMedia } from "@/components/receipts/use-media.ts";
import { useRowPages } from "@/components/receipts/use-row-pages.ts";
import { useScaledRows } from "@/components/receipts/use-scaled-rows.ts";
import { SETTLEMENTS } from "@/lib/chain/model.ts";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import type { WalkRows } from "@/lib/graph/questions.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { ChainTableRow } from "./chain-table-row.tsx";
import { chainTemplate, fittingChainColumns } from "./table-columns.ts";
import { walkOf } from "./use-chain.ts";
import { drawnIn, keyAt, placeOf, walkPlaces } from "./walk-places.ts";

const HEAD = 28;
const DAY = 86_400;
const NO_WALK: WalkRows = {
  row: new Int32Array(0),
  distance: new Int32Array(0),
  settlement: new Uint8Array(0),
  missing: new Map(),
};

interface ChainTableProps {
  readonly revision: number;
  readonly view: ChainView;
  readonly selected: ItemKey | null;
  readonly onSelect: (key: ItemKey | null) => void;
}

/** Every node of the walk in the order of time, drawn or not; what is not loaded has a row too. */
export function ChainTable({ revision, view, selected, onSelect }: ChainTableProps): ReactNode {
  const asked = useQuery({
    ...chainQuestion(revision, "walk", walkOf(view)),
    placeholderData: keepPreviousData,
    // A million nodes: kept only while a table shows them.
    gcTime: 5_000,
  });
  const walk = asked.data ?? NO_WALK;
  const count = walk.row.length;
  const places = useMemo(() => walkPlaces(walk), [walk]);
  const drawn = useMemo(() => drawnIn(view), [view]);
  const [measure, width] = useElementWidth();
  const rowHeight = useMedia(FINGER) ? 44 : 28;
  const scaled = useScaledRows(count, rowHeight, HEAD);
  const first = scaled.items[0]?.index ?? 0;
  const last = scaled.items.at(-1)?.index ?? 0;
  const before = (place: number): number => places.before[place] ?? 0;
  const rowAt = useRowPages(revision, places.rows, before(first), before(last));
  const { from, to } = view.counts;
  const dated = from !== null && to !== null && Math.floor(from / DAY) !== Math.floor(to / DAY);
  const columns = fittingChainColumns(width, dated);
  const template = chainTemplate(columns);
  const id = useId();
  const { scrollToRow } = scaled;

  const chosen = useMemo(() => placeOf(walk, selected), [walk, selected]);
  const [stood, setStood] = useState(0);
  const active = Math.min(stood, Math.max(count - 1, 0));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not every scroll.
  useEffect(() => {
    if (chosen < 0) return;
    setStood(chosen);
    scrollToRow(chosen);
  }, [chosen]);

  const go = (place: number): void => {
    setStood(place);
    scrollToRow(place);
    const key = keyAt(walk, place);
    if (key !== null) onSelect(key);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.length === 1 && !singleKeysAreOn()) return;
    const size = { rows: count, columns: 1, page: scaled.page };
    const jump = event.key === "Home" || event.key === "End";
    const next = movedPlace({ row: active, column: 0 }, event.key, jump, size);
    if (next !== null) go(next.row);
    else if (event.key === "Enter") go(active);
    else if (event.key === "Escape" && selected !== null) onSelect(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={measure} className="no-print absolute inset-0 min-w-0">
      <div
        ref={scaled.attach}
        role="grid"
        tabIndex={0}
        aria-label="Steps of the chain"
        aria-busy={asked.isPending}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
        onKeyDown={key}
        className="group/grid absolute inset-0 overflow-y-auto overflow-x-hidden bg-surface focus-visible:-outline-offset-2"
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, height: HEAD }}
          className="sticky top-0 z-10 grid items-center gap-x-2.5 border-hair border-b bg-bg px-3 text-11 text-fact"
        >
          {columns.map((column, at) => (
            <div key={column.id} role="columnheader" aria-colindex={at + 1} className="truncate">
              <span className={column.id === "integrity" ? "sr-only" : ""}>{column.label}</span>
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: scaled.height }}>
          {scaled.items.map((item) => {
            const row = walk.row[item.index] ?? -1;
            return (
              <ChainTableRow
                key={item.key}
                id={`${id}-${item.index}`}
                index={item.index}
                top={scaled.topOf(item)}
                height={rowHeight}
                template={template}
                columns={columns}
                dated={dated}
                row={row < 0 ? null : rowAt(before(item.index))}
                missing={walk.missing.get(item.index)?.id ?? null}
                distance={walk.distance[item.index] ?? 0}
                settlement={SETTLEMENTS[walk.settlement[item.index] ?? 0] ?? "unknown"}
                drawn={row < 0 ? "" : (drawn.get(row) ?? "behind a stub")}
                isSelected={item.index === chosen}
                isActive={item.index === active}
                onPress={() => go(item.index)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
