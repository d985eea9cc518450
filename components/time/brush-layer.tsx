"use client";

import type { ReactNode } from "react";
import { BrushHandle } from "./brush-handle.tsx";
import { type TimeSpan, xOf } from "./time-scale.ts";
import type { BrushControl } from "./use-brush.ts";

interface BrushLayerProps {
  readonly control: BrushControl;
  readonly span: TimeSpan;
  readonly width: number;
  readonly height: number;
}

/** What is drawn over with the pointer, and the two sliders at the ends of the brush. */
export function BrushLayer({ control, span, width, height }: BrushLayerProps): ReactNode {
  const { shown } = control;
  const ends = shown ?? span;
  return (
    <div
      ref={control.plot}
      className="absolute inset-x-0 top-0 cursor-crosshair touch-pan-y"
      style={{ height }}
      onPointerDown={(event) => control.begin(event, control.timeUnder(event))}
      onPointerMove={control.draw}
      onPointerUp={control.end}
      onPointerCancel={control.cancel}
    >
      {(["from", "to"] as const).map((side) => (
        <BrushHandle
          key={side}
          side={side}
          at={ends[side]}
          range={span}
          x={xOf(ends[side], span, width)}
          height={height}
          idle={shown === null}
          onStep={(bars) => control.step(side, bars)}
          onGrab={(event) => control.begin(event, ends[side === "from" ? "to" : "from"])}
        />
      ))}
    </div>
  );
}
