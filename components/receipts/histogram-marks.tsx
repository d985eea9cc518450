import type { ReactNode } from "react";
import { type TimeSpan, xOf } from "@/components/time/time-scale.ts";
import type { Histogram } from "@/lib/queries/model.ts";
import { barParts, PLOT, tallest } from "./histogram-scale.ts";

interface MarksProps {
  readonly histogram: Histogram;
  readonly span: TimeSpan;
  readonly width: number;
}

const FILLS = {
  allow: "fill-allowed-bar",
  deny: "fill-denied-bar",
  other: "fill-unchecked",
} as const;

/** One bar for each bin; outside the brush at 45 %. */
export function Bars({
  histogram,
  span,
  width,
  brush,
}: MarksProps & { readonly brush: TimeSpan | null }): ReactNode {
  const most = tallest(histogram);
  const slot = (width * histogram.binSeconds) / (span.to - span.from);
  const gap = slot > 4 ? 1.5 : slot > 2 ? 0.5 : 0;
  return histogram.bins.map((bin) => {
    const inside = brush === null || (bin.from >= brush.from && bin.from < brush.to);
    return (
      <g key={bin.from} opacity={inside ? 1 : 0.45}>
        {barParts(bin, most, PLOT.bars).map((part) => (
          <rect
            key={part.kind}
            x={xOf(bin.from, span, width)}
            y={PLOT.head + part.y}
            width={Math.max(slot - gap, 0.5)}
            height={part.height}
            className={FILLS[part.kind]}
          />
        ))}
      </g>
    );
  });
}

/** Where receipts are absent: hatch with a dashed edge on the same axis. */
export function AbsenceBands({
  histogram,
  span,
  width,
  hatch,
}: MarksProps & { readonly hatch: string }): ReactNode {
  return histogram.absences
    .filter((each) => each.to >= span.from && each.from <= span.to)
    .map((each) => {
      const from = xOf(each.from, span, width);
      const wide = Math.max(xOf(each.to, span, width) - from, 6);
      return (
        <rect
          key={`${each.from} ${each.to}`}
          x={Math.min(from, width - wide) + 0.5}
          y={3.5}
          width={Math.max(wide - 1, 5)}
          height={PLOT.head + PLOT.bars - 4}
          fill={`url(#${hatch})`}
          strokeDasharray="3 2"
          className="stroke-fails"
        />
      );
    });
}

/** A post with the octagon of "does not verify" over each bin that holds such a receipt. */
export function CutMarks({ histogram, span, width }: MarksProps): ReactNode {
  return histogram.bins
    .filter((bin) => bin.doesNotVerify > 0)
    .map((bin) => {
      const x = Math.min(
        Math.max(xOf(bin.from + histogram.binSeconds / 2, span, width), 6),
        width - 6,
      );
      return (
        <g key={bin.from}>
          <line
            x1={x}
            x2={x}
            y1={6}
            y2={PLOT.head + PLOT.bars}
            className="stroke-fails"
            strokeWidth={1.5}
          />
          <g transform={`translate(${x - 5.5} 0)`}>
            <polygon
              points="3.2,0 7.8,0 11,3.2 11,7.8 7.8,11 3.2,11 0,7.8 0,3.2"
              className="fill-fails"
            />
            <path
              d="M3 4.4 H8 M3 6.9 H8 M6.9 2.8 L4.1 8.4"
              className="stroke-on-ink"
              strokeWidth={1.1}
              fill="none"
            />
          </g>
        </g>
      );
    });
}
