import type { ReactNode } from "react";
import { axisTicks, type TimeSpan, xOf } from "./time-scale.ts";

interface TimeAxisProps {
  readonly span: TimeSpan;
  readonly width: number;
  /** Where the baseline lies in the drawing. */
  readonly base: number;
}

/** Baseline, ticks and times; the zone stands at the end of the axis. */
export function TimeAxis({ span, width, base }: TimeAxisProps): ReactNode {
  return (
    <g className="fill-muted text-11">
      <line x1={0} x2={width} y1={base + 0.5} y2={base + 0.5} className="stroke-border" />
      {axisTicks(span.from, span.to, width).map((tick) => {
        const x = xOf(tick.at, span, width);
        const atStart = x < 1;
        const near = (x < 18 && !atStart) || x > width - 46;
        return (
          <g key={tick.at}>
            <line x1={x} x2={x} y1={base} y2={base + 4} className="stroke-strong" />
            {!near && (
              <text x={x} y={base + 15} textAnchor={atStart ? "start" : "middle"}>
                {tick.label}
              </text>
            )}
          </g>
        );
      })}
      <text x={width} y={base + 15} textAnchor="end">
        UTC
      </text>
    </g>
  );
}
