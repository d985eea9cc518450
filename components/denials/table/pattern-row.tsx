// biome-ignore-all lint/a11y/useSemanticElements: the grid has one tab stop and names its active cell.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys of its cells.

import type { ReactNode } from "react";
import { percentWords, spanOfDay } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { PatternRow } from "@/lib/queries/denial-model.ts";
import { Swatch } from "../chart/chart-legend.tsx";
import { LogText } from "../log-text.tsx";
import { patternWords } from "../pattern-key.ts";
import { PATTERN_COLUMNS, type PatternColumn } from "./pattern-columns.ts";
import { SparkLine, trendWords } from "./spark-line.tsx";

export interface PatternRowViewProps {
  readonly index: number;
  readonly pattern: PatternRow;
  readonly total: number;
  readonly series: number;
  readonly isOneDay: boolean;
  readonly selected: boolean;
  readonly focusedColumn: number | null;
  readonly idOf: (column: number) => string;
  readonly onPress: (column: number) => void;
}

/** One pattern: a row of the table, a card on a phone. */
export function PatternRowView(props: PatternRowViewProps): ReactNode {
  const { index, selected } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`relative cursor-default items-center gap-x-2 border-hair border-b px-[18px] text-13 [contain-intrinsic-size:auto_46px] [content-visibility:auto] max-sm:flex max-sm:flex-wrap max-sm:gap-y-0.5 max-sm:px-3 max-sm:py-2 sm:grid sm:h-[46px] sm:grid-cols-[var(--pattern-columns)] ${
        selected
          ? "bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[2px] before:bg-accent forced-colors:outline-2 forced-colors:-outline-offset-2"
          : "hover:bg-bg"
      }`}
    >
      {PATTERN_COLUMNS.map((column, at) => (
        <div
          key={column.id}
          id={props.idOf(at)}
          role="gridcell"
          aria-colindex={at + 1}
          onClick={() => props.onPress(at)}
          className={`flex h-full min-w-0 items-center ${column.align === "end" ? "sm:justify-end" : ""} ${column.narrow} ${
            props.focusedColumn === at
              ? "rounded-control outline-2 outline-ring -outline-offset-2"
              : ""
          }`}
        >
          <Cell {...props} column={column} />
        </div>
      ))}
    </div>
  );
}

function Cell({
  pattern,
  total,
  series,
  isOneDay,
  column,
}: PatternRowViewProps & { readonly column: PatternColumn }): ReactNode {
  switch (column.id) {
    case "pattern":
      return <Sentence pattern={pattern} series={series} />;
    case "denials":
      return (
        <span className="font-semibold text-ink tabular-nums">
          {formatCount(pattern.denials)}
          <span className="font-normal text-muted sm:hidden"> denials</span>
        </span>
      );
    case "share":
      return <span className="text-fact tabular-nums">{percentWords(pattern.denials, total)}</span>;
    case "agents":
      return <span className="text-fact tabular-nums">{formatCount(pattern.agents)}</span>;
    case "scopes":
      return <span className="text-fact tabular-nums">{formatCount(pattern.scopes)}</span>;
    case "first":
      return (
        <span className="whitespace-nowrap text-fact tabular-nums">
          {spanOfDay(pattern.first, pattern.last, isOneDay)}
        </span>
      );
    case "spark":
      return (
        <>
          <SparkLine spark={pattern.spark} series={series} />
          <span className="sr-only">{trendWords(pattern.trend)}</span>
        </>
      );
    case "verified": {
      const all = pattern.verified >= pattern.denials;
      return (
        <span className={`tabular-nums ${all ? "text-fact" : "font-semibold text-ink"}`}>
          {percentWords(pattern.verified, pattern.denials)}
          <span className="font-normal text-muted sm:hidden"> verified</span>
        </span>
      );
    }
  }
}

function Sentence({
  pattern,
  series,
}: {
  readonly pattern: PatternRow;
  readonly series: number;
}): ReactNode {
  const { agent, otherAgents, target, guard, reason } = patternWords(pattern);
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Swatch series={series} />
      <span className="min-w-0 leading-[18px]">
        <span className="block truncate text-12 text-muted">
          <LogText text={agent} mono none="(no agent)" className="text-ink" />
          {otherAgents > 0 && (
            <span title={`and ${formatCount(otherAgents)} more`}> +{formatCount(otherAgents)}</span>
          )}{" "}
          asked for <LogText text={target} mono none="(no tool)" className="text-ink" />
        </span>
        <span className="block truncate text-12 text-fact">
          <LogText text={guard} none="(no guard)" className="font-medium" />
          {reason !== null && ": "}
          {reason !== null && <LogText text={reason} none="no reason given" />}
        </span>
      </span>
    </span>
  );
}
