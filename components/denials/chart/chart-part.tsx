import { type ReactNode, useMemo } from "react";
import type {
  DenialFilter,
  DenialHistogram,
  PatternRow,
  PolicyBoundary,
} from "@/lib/queries/denial-model.ts";
import { toggled } from "../filter-values.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { DenialChart } from "./denial-chart.tsx";
import { seriesMap } from "./series.ts";

interface ChartPartProps {
  readonly histogram: DenialHistogram;
  readonly patterns: readonly PatternRow[];
  readonly policies: readonly PolicyBoundary[];
  readonly cut: number | null;
  readonly filter: DenialFilter;
  readonly onFilter: (filter: DenialFilter) => void;
}

/** The chart with its legend; both filter. */
export function ChartPart(props: ChartPartProps): ReactNode {
  const { histogram, filter, onFilter } = props;
  const series = useMemo(() => seriesMap(histogram.guards), [histogram.guards]);
  return (
    <>
      <DenialChart
        histogram={histogram}
        patterns={props.patterns}
        policies={props.policies}
        series={series}
        cut={props.cut}
        brush={filter.time}
        onBrush={(time) => onFilter({ ...filter, time })}
      />
      <ChartLegend
        histogram={histogram}
        chosen={filter.include.guard ?? []}
        onChoose={(guard) => onFilter(toggled(filter, "include", "guard", guard))}
      />
    </>
  );
}
