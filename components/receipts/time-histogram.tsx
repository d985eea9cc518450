"use client";

import { type ReactNode, useId } from "react";
import { BrushLayer } from "@/components/time/brush-layer.tsx";
import { TimeAxis } from "@/components/time/time-axis.tsx";
import { type BinnedSpan, type TimeSpan, xOf } from "@/components/time/time-scale.ts";
import { useBrush } from "@/components/time/use-brush.ts";
import type { Histogram } from "@/lib/queries/model.ts";
import { HistogramLegend } from "./histogram-legend.tsx";
import { AbsenceBands, Bars, CutMarks } from "./histogram-marks.tsx";
import { histogramSpan, PLOT } from "./histogram-scale.ts";
import { histogramSentence } from "./histogram-words.ts";
import { useElementWidth } from "./use-element-width.ts";

export interface TimeHistogramProps {
  readonly histogram: Histogram;
  readonly brush: TimeSpan | null;
  readonly onBrush: (brush: TimeSpan | null) => void;
}

/**
 * Receipts over time, to be brushed by drawing over it or with the two sliders at its ends. The brush is
 * handed on when the pointer lets go or the keys rest, and Escape gives it up.
 */
export function TimeHistogram(props: TimeHistogramProps): ReactNode {
  const span = histogramSpan(props.histogram);
  return span === null ? null : <BinnedHistogram {...props} span={span} />;
}

function BinnedHistogram({
  histogram,
  brush,
  onBrush,
  span,
}: TimeHistogramProps & { readonly span: BinnedSpan }): ReactNode {
  const [attach, width] = useElementWidth();
  const control = useBrush(span, width, brush, onBrush);
  const hatch = useId();
  const { shown } = control;
  const height = PLOT.head + PLOT.bars;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere inside; what is operated are the two sliders.
    <div onKeyDown={control.key}>
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
          <TimeAxis span={span} width={width} base={height} />
        </svg>
        <BrushLayer control={control} span={span} width={width} height={height} />
      </div>
      <HistogramLegend histogram={histogram} />
    </div>
  );
}
