import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { type BinnedSpan, moveBrush, snappedTime, type TimeSpan } from "./time-scale.ts";

/** Milliseconds after the last key before a brush is handed on. */
const SETTLED = 300;

export type BrushEnd = "from" | "to";

export interface BrushControl {
  /** What is brushed: while it is drawn, what is drawn so far. */
  readonly shown: TimeSpan | null;
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly begin: (event: PointerEvent, from: number) => void;
  readonly draw: (event: PointerEvent) => void;
  readonly end: () => void;
  readonly cancel: () => void;
  readonly timeUnder: (event: PointerEvent) => number;
  readonly step: (side: BrushEnd, bars: number) => void;
  /** Escape anywhere inside gives the brush up. */
  readonly key: (event: KeyboardEvent) => void;
}

/**
 * A brush over time, drawn with the pointer or moved by keys. It is handed on when the pointer lets go or
 * the keys rest; null when it is given up.
 */
export function useBrush(
  bins: BinnedSpan,
  width: number,
  brush: TimeSpan | null,
  onBrush: (brush: TimeSpan | null) => void,
): BrushControl {
  const [draft, setDraft] = useState<TimeSpan | null>(null);
  const anchor = useRef<number | null>(null);
  const plot = useRef<HTMLDivElement | null>(null);
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(settle.current), []);
  const shown = draft ?? brush;
  const timeUnder = (event: PointerEvent) => {
    const left = plot.current?.getBoundingClientRect().left ?? 0;
    return snappedTime(event.clientX - left, width, bins);
  };
  return {
    shown,
    plot,
    timeUnder,
    begin: (event, from) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      plot.current?.setPointerCapture(event.pointerId);
      anchor.current = from;
    },
    draw: (event) => {
      if (anchor.current === null) return;
      const at = timeUnder(event);
      setDraft(
        at === anchor.current
          ? null
          : { from: Math.min(at, anchor.current), to: Math.max(at, anchor.current) },
      );
    },
    end: () => {
      if (anchor.current === null) return;
      anchor.current = null;
      if (draft !== null) {
        onBrush(draft);
        // The keys go on from what was drawn: arrows move its end, Escape gives it up.
        plot.current?.querySelector<HTMLElement>("[role=slider]:last-of-type")?.focus();
      }
      setDraft(null);
    },
    cancel: () => {
      anchor.current = null;
      setDraft(null);
    },
    step: (side, bars) => {
      const moved = moveBrush(shown ?? bins, side, bars, bins);
      setDraft(moved);
      clearTimeout(settle.current);
      settle.current = setTimeout(() => {
        setDraft(null);
        onBrush(moved);
      }, SETTLED);
    },
    key: (event) => {
      if (event.key !== "Escape" || shown === null) return;
      event.stopPropagation();
      anchor.current = null;
      clearTimeout(settle.current);
      setDraft(null);
      onBrush(null);
    },
  };
}
