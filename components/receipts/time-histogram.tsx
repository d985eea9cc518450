"use client";

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import type { Histogram } from "@/lib/queries/model.ts";
import { BrushHandle } from "./histogram-handle.tsx";
import { HistogramLegend } from "./histogram-legend.tsx";
import { AbsenceBands, Bars, CutMarks, TimeAxis } from "./histogram-marks.tsx";
import { type Brush, histogramSpan, moveBrush, PLOT, snappedTime, xOf } from "./histogram-scale.ts";
import { histogramSentence } from "./histogram-words.ts";
import { useElementWidth } from "./use-element-width.ts";

/** Milliseconds after the last key before the rows are asked for. */
const SETTLED = 300;

export interface TimeHistogramProps {
  readonly histogram: Histogram;
  readonly brush: Brush | null;
  readonly onBrush: (brush: Brush | null) => void;
}

/**
 * Receipts over time, to be brushed by drawing over it or with the two sliders at its ends. The brush is
 * handed on when the pointer lets go or the keys rest, and Escape gives it up.
 */
export function TimeHistogram({ histogram, brush, onBrush }: TimeHistogramProps): ReactNode {
  const [attach, width] = useElementWidth();
  const [draft, setDraft] = useState<Brush | null>(null);
  const anchor = useRef<number | null>(null);
  const plot = useRef<HTMLDivElement | null>(null);
  const settle = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hatch = useId();
  useEffect(() => () => clearTimeout(settle.current), []);
  const span = histogramSpan(histogram);
  if (span === null) return null;

  const shown = draft ?? brush;
  const height = PLOT.head + PLOT.bars;
  const timeUnder = (event: PointerEvent) => {
    const left = plot.current?.getBoundingClientRect().left ?? 0;
    return snappedTime(event.clientX - left, width, histogram);
  };
  const begin = (event: PointerEvent, from: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    plot.current?.setPointerCapture(event.pointerId);
    anchor.current = from;
  };
  const move = (event: PointerEvent) => {
    if (anchor.current === null) return;
    const at = timeUnder(event);
    setDraft(
      at === anchor.current
        ? null
        : { from: Math.min(at, anchor.current), to: Math.max(at, anchor.current) },
    );
  };
  const end = () => {
    if (anchor.current === null) return;
    anchor.current = null;
    if (draft !== null) {
      onBrush(draft);
      // The keys go on from what was drawn: arrows move its end, Escape gives it up.
      plot.current?.querySelector<HTMLElement>("[role=slider]:last-of-type")?.focus();
    }
    setDraft(null);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || (brush === null && draft === null)) return;
    event.stopPropagation();
    anchor.current = null;
    clearTimeout(settle.current);
    setDraft(null);
    onBrush(null);
  };
  const step = (side: "from" | "to", bars: number) => {
    const moved = moveBrush(shown ?? span, side, bars, histogram);
    setDraft(moved);
    clearTimeout(settle.current);
    settle.current = setTimeout(() => {
      setDraft(null);
      onBrush(moved);
    }, SETTLED);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere inside; what is operated are the two sliders.
    <div onKeyDown={key}>
      <div ref={attach} className="relative select-none" style={{ height: height + PLOT.axis }}>
        <svg
          role="img"
          aria-label={histogramSentence(histogram)}
          width={width}
          height={height + PLOT.axis}
          className="absolute inset-0"
        >
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" className="fill-fails-tint" />
              <line
                x1="0.5"
                y1="0"
                x2="0.5"
                y2="6"
                className="stroke-fails"
                strokeWidth="1"
                strokeOpacity="0.55"
              />
            </pattern>
          </defs>
          {shown !== null && (
            <rect
              x={xOf(shown.from, span, width)}
              y={0}
              width={Math.max(xOf(shown.to, span, width) - xOf(shown.from, span, width), 1)}
              height={height}
              className="fill-selected"
            />
          )}
          <Bars histogram={histogram} span={span} width={width} brush={shown} />
          <AbsenceBands histogram={histogram} span={span} width={width} hatch={hatch} />
          <CutMarks histogram={histogram} span={span} width={width} />
          <TimeAxis span={span} width={width} />
        </svg>
        <div
          ref={plot}
          className="absolute inset-x-0 top-0 cursor-crosshair touch-pan-y"
          style={{ height }}
          onPointerDown={(event) => begin(event, timeUnder(event))}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={() => {
            anchor.current = null;
            setDraft(null);
          }}
        >
          {(["from", "to"] as const).map((side) => (
            <BrushHandle
              key={side}
              side={side}
              at={(shown ?? span)[side]}
              range={span}
              x={xOf((shown ?? span)[side], span, width)}
              height={height}
              idle={shown === null}
              onStep={(bars) => step(side, bars)}
              onGrab={(event) => begin(event, (shown ?? span)[side === "from" ? "to" : "from"])}
            />
          ))}
        </div>
      </div>
      <HistogramLegend histogram={histogram} />
    </div>
  );
}
