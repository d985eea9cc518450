"use client";

import type { ReactNode } from "react";
import { useElementWidth } from "@/components/receipts/use-element-width.ts";
import { BrushLayer } from "@/components/time/brush-layer.tsx";
import { TimeAxis } from "@/components/time/time-axis.tsx";
import { type BinnedSpan, type TimeSpan, xOf } from "@/components/time/time-scale.ts";
import { useBrush } from "@/components/time/use-brush.ts";
import type { DenialHistogram, PatternRow, PolicyBoundary } from "@/lib/queries/denial-model.ts";
import { DenialBars, GridLines } from "./chart-marks.tsx";
import { chartSentence } from "./chart-words.ts";
import { type CutNote, cutNote } from "./cut-note.ts";
import { changesWithin, PolicyMarks } from "./policy-marks.tsx";
import { SERIES_FILL, type SeriesMap, seriesOf } from "./series.ts";
import { chartSpan, PLOT, roundUp, tallest } from "./stack.ts";

export interface DenialChartProps {
  readonly histogram: DenialHistogram;
  readonly patterns: readonly PatternRow[];
  readonly policies: readonly PolicyBoundary[];
  readonly series: SeriesMap;
  /** Where high bars are cut; null draws all of them whole. */
  readonly cut: number | null;
  readonly brush: TimeSpan | null;
  readonly onBrush: (brush: TimeSpan | null) => void;
}

/** Denials over time, stacked by guard; to be brushed. */
export function DenialChart(props: DenialChartProps): ReactNode {
  const span = chartSpan(props.histogram);
  return span === null ? null : <Drawing {...props} span={span} />;
}

function Drawing(props: DenialChartProps & { readonly span: BinnedSpan }): ReactNode {
  const { histogram, span, cut, brush } = props;
  const [attach, whole] = useElementWidth();
  const width = Math.max(whole - PLOT.right, 0);
  const control = useBrush(span, width, brush, props.onBrush);
  const { shown } = control;
  const height = PLOT.head + PLOT.bars;
  const top = cut ?? roundUp(tallest(histogram));
  const changes = changesWithin(props.policies, span);
  const note =
    cut === null || width < 480
      ? null
      : cutNote(histogram.bins, cut, span.binSeconds, props.patterns);
  const beside = note === null ? null : notePlace(note, span, width);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere inside; what is operated are the two sliders.
    <div onKeyDown={control.key}>
      <div ref={attach} className="relative select-none" style={{ height: height + PLOT.axis }}>
        <svg
          role="img"
          aria-label={chartSentence(histogram, changes)}
          width={whole}
          height={height + PLOT.axis}
          className="absolute inset-0"
        >
          {shown !== null && (
            <rect
              x={xOf(shown.from, span, width)}
              y={PLOT.head}
              width={Math.max(xOf(shown.to, span, width) - xOf(shown.from, span, width), 1)}
              height={PLOT.bars}
              className="fill-selected"
            />
          )}
          <GridLines top={top} width={whole} />
          <DenialBars bins={histogram.bins} span={span} width={width} top={top} brush={shown} />
          <PolicyMarks changes={changes} span={span} width={width} taken={beside} />
          {note !== null && beside !== null && (
            <NoteText note={note} place={beside} series={props.series} />
          )}
          <TimeAxis span={span} width={width} base={height} />
        </svg>
        <div className="absolute inset-y-0 left-0" style={{ width }}>
          <BrushLayer control={control} span={span} width={width} height={height} />
        </div>
      </div>
    </div>
  );
}

/** Pixels that the note takes. */
const NOTE = 290;

interface NotePlace {
  readonly from: number;
  readonly to: number;
  readonly side: "left" | "right";
}

/** To the right of the bars, or to the left where there is no room. */
function notePlace(note: CutNote, span: TimeSpan, width: number): NotePlace {
  const right = xOf(note.to, span, width) + 12;
  if (right + NOTE <= width) return { from: right, to: right + NOTE, side: "right" };
  const left = xOf(note.from, span, width) - 12;
  return { from: left - NOTE, to: left, side: "left" };
}

interface NoteTextProps {
  readonly note: CutNote;
  readonly place: NotePlace;
  readonly series: SeriesMap;
}

function NoteText({ note, place, series }: NoteTextProps): ReactNode {
  const x = place.side === "right" ? place.from : place.to;
  const anchor = place.side === "right" ? "start" : "end";
  const own = note.guard === null ? 6 : seriesOf(series, note.guard);
  // The last two inks are too pale for text.
  const ink = own > 4 ? "fill-ink" : SERIES_FILL[own];
  return (
    <g textAnchor={anchor}>
      <text x={x} y={PLOT.head + 6} className={`font-semibold text-12 ${ink}`}>
        {note.head}
      </text>
      <text x={x} y={PLOT.head + 22} className="fill-fact text-11">
        {note.text}
      </text>
    </g>
  );
}
