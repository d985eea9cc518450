"use client";

import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { formatDateTime } from "@/lib/display/time.ts";

export interface BrushHandleProps {
  readonly side: "from" | "to";
  /** Unix seconds. */
  readonly at: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly x: number;
  readonly height: number;
  /** Nothing is brushed: the handle waits at its end and is seen only when it has the focus. */
  readonly idle: boolean;
  readonly onStep: (bars: number) => void;
  readonly onGrab: (event: PointerEvent) => void;
}

/** One end of the brush: a slider over time, moved by arrows (a bar), pages (ten bars), Home and End. */
export function BrushHandle({
  side,
  at,
  range,
  x,
  height,
  idle,
  onStep,
  onGrab,
}: BrushHandleProps): ReactNode {
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: -1e6,
    End: 1e6,
  };
  const key = (event: KeyboardEvent) => {
    const bars = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (bars === undefined) return;
    event.preventDefault();
    onStep(bars);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={side === "from" ? "Start of the time range" : "End of the time range"}
      aria-orientation="horizontal"
      aria-valuemin={range.from}
      aria-valuemax={range.to}
      aria-valuenow={at}
      aria-valuetext={`${formatDateTime(at)} UTC`}
      onKeyDown={key}
      onPointerDown={onGrab}
      style={{ left: x - 12, height }}
      className={`group absolute top-0 w-6 cursor-ew-resize outline-none ${
        idle ? "pointer-events-none opacity-0 focus-visible:opacity-100" : ""
      }`}
    >
      <span className="keeps-colour absolute inset-y-0 left-[11px] w-[2px] bg-accent" />
      <span className="keeps-colour absolute top-1/2 left-[7px] flex h-5 w-[10px] -translate-y-1/2 items-center justify-center gap-[2px] rounded-[3px] border-2 border-accent bg-surface group-focus-visible:outline-2 group-focus-visible:outline-ring group-focus-visible:outline-offset-2">
        <span className="h-2 w-px bg-accent" />
        <span className="h-2 w-px bg-accent" />
      </span>
    </div>
  );
}
