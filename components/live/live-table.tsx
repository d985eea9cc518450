// biome-ignore-all lint/a11y/useSemanticElements: rows that come and go cannot stand in a table element.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its rows.
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import { currentLive } from "@/lib/live/current-live.ts";
import { LIVE_COLUMNS, LIVE_GRID, LiveTableRow } from "./live-table-row.tsx";
import { useLive } from "./use-live.ts";

const ROW = 28;
const HEAD = 28;
/** Pixels above the end from which on someone has scrolled up. */
const NEAR_END = ROW;

/** What arrived, the newest at the end. Going up, by wheel or by key, pauses it. */
export function LiveTable(): ReactNode {
  const rows = useLive((state) => state.rows);
  const isPaused = useLive(({ held }) => held !== null);
  const waiting = useLive((state) => state.heldCount);
  const isTold = useLive(({ counts }) => counts.rows > 0);
  const [active, setActive] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: HEAD,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what arrived moves the end, and only that does.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null && !isPaused) element.scrollTop = element.scrollHeight;
  }, [rows, isPaused]);

  const follow = () => {
    setActive(null);
    currentLive().resume();
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at =
      active === null ? rows.length - 1 : rows.findIndex(({ number }) => number === active);
    const next = movedTo(event.key, Math.max(at, 0), rows.length, active === null);
    if (event.key === "End" || event.key === "Escape") follow();
    else if (next === null) return;
    else {
      // Whoever walks through rows reads them: they stay where they are.
      currentLive().pause();
      setActive(rows[next]?.number ?? null);
      virtualizer.scrollToIndex(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const first = rows[0]?.number ?? 1;
  return (
    <div className="relative flex min-h-[320px] min-w-0 flex-col overflow-hidden rounded-card border border-border bg-surface shadow-card">
      <div
        ref={box}
        role="grid"
        tabIndex={0}
        aria-label="What arrived, newest last"
        aria-rowcount={rows.length + 1}
        aria-activedescendant={active === null ? undefined : `${id}-${active}`}
        onKeyDown={key}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onScroll={({ currentTarget }) => {
          const { scrollTop, scrollHeight, clientHeight } = currentTarget;
          if (scrollHeight - clientHeight - scrollTop > NEAR_END) currentLive().pause();
        }}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2 max-lg:max-h-[60vh]"
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ height: HEAD }}
          className={`${LIVE_GRID} sticky top-0 z-10 border-hair border-b bg-bg text-11 text-fact`}
        >
          {LIVE_COLUMNS.map(({ name, isHidden, isWide }) => (
            <span
              key={name}
              role="columnheader"
              className={isWide ? "truncate max-sm:hidden" : "truncate"}
            >
              {isHidden ? <span className="sr-only">{name}</span> : name}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <LiveTableRow
                key={row.number}
                id={`${id}-${row.number}`}
                row={row}
                index={item.index + 2}
                top={item.start - HEAD}
                height={ROW}
                isActive={focused && active === row.number}
                onPress={() => {
                  currentLive().pause();
                  setActive(row.number);
                }}
              />
            );
          })}
        </div>
        {rows.length === 0 ? (
          <p className="p-4 text-13 text-muted">{isTold ? "" : "Nothing has arrived yet."}</p>
        ) : null}
      </div>
      {isPaused ? (
        <div className="absolute inset-x-0 bottom-2 flex justify-center">
          <Button variant="primary" className="shadow-popover" onPress={follow}>
            {waiting === 0 ? "Paused. Follow again" : `${formatCount(waiting)} new`}
          </Button>
        </div>
      ) : null}
      <p className="sr-only">
        Rows {formatCount(first)} to {formatCount(first + rows.length - 1)}.
      </p>
    </div>
  );
}

/** Where a key leads; null for one that leads nowhere. */
function movedTo(key: string, at: number, count: number, isFollowing: boolean): number | null {
  const last = count - 1;
  if (count === 0) return null;
  switch (key) {
    case "ArrowUp":
    case "k":
      return isFollowing ? last : Math.max(at - 1, 0);
    case "ArrowDown":
    case "j":
      return isFollowing ? null : Math.min(at + 1, last);
    case "PageUp":
      return Math.max(at - 15, 0);
    case "PageDown":
      return isFollowing ? null : Math.min(at + 15, last);
    case "Home":
      return 0;
    default:
      return null;
  }
}
