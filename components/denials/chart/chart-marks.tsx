import type { ReactNode } from "react";
import { type BinnedSpan, type TimeSpan, xOf } from "@/components/time/time-scale.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialBin } from "@/lib/queries/denial-model.ts";
import { SERIES_FILL } from "./series.ts";
import { BREAK, gridCounts, PLOT, stackParts } from "./stack.ts";

/** Lines at round counts, each with its number at the right end. */
export function GridLines({
  top,
  width,
}: {
  readonly top: number;
  readonly width: number;
}): ReactNode {
  return gridCounts(top).map((count) => {
    const y = PLOT.head + PLOT.bars * (1 - count / top);
    return (
      <g key={count}>
        <line x1={0} x2={width} y1={y} y2={y} className="stroke-hair" />
        <text x={width} y={y - 4} textAnchor="end" className="fill-muted text-11">
          {formatCount(count)}
        </text>
      </g>
    );
  });
}

interface DenialBarsProps {
  readonly bins: readonly DenialBin[];
  readonly span: BinnedSpan;
  readonly width: number;
  readonly top: number;
  readonly brush: TimeSpan | null;
}

/** One stack for each bin; outside the brush at 45 %. What is higher than the chart shows its break. */
export function DenialBars({ bins, span, width, top, brush }: DenialBarsProps): ReactNode {
  const slot = (width * span.binSeconds) / (span.to - span.from);
  const gap = slot > 6 ? 2 : slot > 3 ? 1 : 0;
  const wide = Math.max(slot - gap, 0.5);
  return bins
    .filter(({ total }) => total > 0)
    .map((bin) => {
      const inside = brush === null || (bin.from >= brush.from && bin.from < brush.to);
      const x = xOf(bin.from, span, width);
      const parts = stackParts(bin, top, PLOT.bars);
      return (
        <g key={bin.from} opacity={inside ? 1 : 0.45}>
          {parts.map(({ series, y, height }) => (
            <rect
              key={series}
              x={x}
              y={PLOT.head + y}
              width={wide}
              height={height}
              className={SERIES_FILL[series]}
            />
          ))}
          {bin.total > top && <Break x={x} width={wide} />}
        </g>
      );
    });
}

/** A gap with a pointed edge near the top: the bar goes on, and its true value stands beside it. */
function Break({ x, width }: { readonly x: number; readonly width: number }): ReactNode {
  const y = PLOT.head + BREAK.cap;
  const tip = Math.min(3, width / 2);
  const end = x + width;
  const middle = x + width / 2;
  return (
    <path
      d={`M${x} ${y} L${middle} ${y - tip} L${end} ${y} V${y + BREAK.gap} L${middle} ${y + BREAK.gap - tip} L${x} ${y + BREAK.gap} Z`}
      className="fill-surface"
    />
  );
}
