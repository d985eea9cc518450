// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree handles the keys of its rows.

"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from "react";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { FINGER, useMedia } from "@/components/receipts/use-media.ts";
import { useScaledRows } from "@/components/receipts/use-scaled-rows.ts";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import { openRows, viewTree } from "@/lib/graph/tree.ts";
import { treeMove } from "./tree-keys.ts";
import { TreeRow } from "./tree-row.tsx";

interface ChainTreeProps {
  readonly view: ChainView;
  readonly selected: ItemKey | null;
  readonly onSelect: (key: ItemKey | null) => void;
  readonly onOpen: (key: ItemKey) => void;
}

/**
 * What is drawn, as a tree of causes and consequences with one tab stop. Only rows near the viewport are in
 * the document: the active one is among them, and is named by `aria-activedescendant`.
 */
export function ChainTree({ view, selected, onSelect, onOpen }: ChainTreeProps): ReactNode {
  const rows = useMemo(() => viewTree(view), [view]);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const open = useMemo(() => openRows(rows, collapsed), [rows, collapsed]);
  const [stood, setStood] = useState<string | null>(null);
  const rowHeight = useMedia(FINGER) ? 44 : 28;
  const scaled = useScaledRows(open.length, rowHeight, 0);
  const { scrollToRow } = scaled;
  const id = useId();

  // A row may be gone, or under a collapsed one: then the selection's row stands in, else the first.
  const placeOf = (name: string | null): number => open.findIndex((at) => rows[at]?.id === name);
  const stands = rows[open[placeOf(stood)] ?? -1]?.item.key === selected ? stood : selected;
  const active = Math.max(placeOf(stands), 0);

  // What was selected elsewhere is brought into sight, whatever was collapsed above it.
  useEffect(() => {
    const at = rows.findIndex((row) => row.id === selected);
    if (at < 0) return;
    const above = new Set<string>();
    for (let up = rows[at]?.parent ?? -1; up >= 0; up = rows[up]?.parent ?? -1) {
      const row = rows[up];
      if (row !== undefined) above.add(row.id);
    }
    setCollapsed((before) => {
      const kept = [...before].filter((name) => !above.has(name));
      return kept.length === before.size ? before : new Set(kept);
    });
  }, [rows, selected]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new selection scrolls, not every scroll.
  useEffect(() => scrollToRow(active), [active, selected]);

  const goTo = (place: number): void => {
    const row = rows[open[place] ?? -1];
    if (row === undefined) return;
    setStood(row.id);
    onSelect(row.item.key);
  };
  const collapse = (name: string, isCollapsed: boolean): void => {
    const next = new Set(collapsed);
    if (isCollapsed) next.add(name);
    else next.delete(name);
    setCollapsed(next);
  };
  const enter = (place: number): void => {
    const row = rows[open[place] ?? -1];
    if (row === undefined) return;
    if (row.repeated) {
      setStood(row.item.key);
      onSelect(row.item.key);
    } else if (row.item.kind === "stub" || row.item.kind === "fold") onOpen(row.item.key);
    else goTo(place);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key.length === 1 && event.key !== " " && !singleKeysAreOn()) return;
    const move = treeMove(event.key, { rows, open, collapsed, active, page: scaled.page });
    if (move === null) {
      if (event.key === "Enter") enter(active);
      else if (event.key === "Escape" && selected !== null) onSelect(null);
      else return;
    } else if (move.kind === "go") goTo(move.place);
    else collapse(move.id, move.kind === "collapse");
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={scaled.attach}
      role="tree"
      tabIndex={0}
      aria-label="Causes and consequences"
      aria-activedescendant={open.length > 0 ? `${id}-${active}` : undefined}
      onKeyDown={key}
      className="no-print group/tree absolute inset-0 overflow-y-auto overflow-x-hidden bg-surface focus-visible:-outline-offset-2"
    >
      <div role="none" className="relative" style={{ height: scaled.height }}>
        {scaled.items.map((item) => {
          const row = rows[open[item.index] ?? -1];
          return row === undefined ? null : (
            <TreeRow
              key={row.id}
              id={`${id}-${item.index}`}
              row={row}
              top={scaled.topOf(item)}
              height={rowHeight}
              isCollapsed={collapsed.has(row.id)}
              isSelected={row.item.key === selected}
              isActive={item.index === active}
              onPress={() => goTo(item.index)}
              onEnter={() => enter(item.index)}
              onToggle={() => collapse(row.id, !collapsed.has(row.id))}
            />
          );
        })}
      </div>
    </div>
  );
}
