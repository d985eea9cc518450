"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { coverWords } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type {
  DenialHistogram,
  DenialTotals,
  PatternList,
  PatternRow,
} from "@/lib/queries/denial-model.ts";
import { AdjustPatterns } from "../adjust-patterns.tsx";
import { seriesMap } from "../chart/series.ts";
import { chartSpan } from "../chart/stack.ts";
import { LetterList } from "../letters/letter-list.tsx";
import type { DenialPageState } from "../page-fragment.ts";
import { keyText } from "../pattern-key.ts";
import { PatternTable } from "../table/pattern-table.tsx";
import { sortPatterns } from "../table/sort-patterns.ts";
import type { MaskState } from "../use-masks.ts";
import { BurstView } from "./burst-view.tsx";
import { CostView } from "./cost-view.tsx";
import { CoverageView } from "./coverage-view.tsx";
import { DenialList } from "./denial-list.tsx";
import { FailureView } from "./failure-view.tsx";
import { FirstSeenView } from "./first-seen-view.tsx";
import { GroupView } from "./group-view.tsx";
import { MatrixView } from "./matrix-view.tsx";
import { ProbeView } from "./probe-view.tsx";
import { RetryView } from "./retry-view.tsx";
import { SpreadView } from "./spread-view.tsx";
import type { ViewProps } from "./view-frame.tsx";
import { VIEW_TITLES, VIEWS, type ViewName } from "./view-names.ts";

interface ViewTabsProps extends ViewProps {
  readonly state: DenialPageState;
  readonly totals: DenialTotals;
  readonly patterns: UseQueryResult<PatternList>;
  readonly histogram: DenialHistogram | null;
  readonly selected: PatternRow | null;
  readonly onState: (next: Partial<DenialPageState>, how: "push" | "replace") => void;
  readonly onPattern: (pattern: PatternRow | null) => void;
  /** What stands at the right of the view: the panel of the selected pattern, or a dead letter. */
  readonly aside: ReactNode;
  /** Whether that lies over everything else, as on a phone. */
  readonly covered: boolean;
  readonly masked: MaskState;
}

/** What is beneath the chart: the patterns first, and every other way to look at the same denials. */
export function ViewTabs(props: ViewTabsProps): ReactNode {
  const { state, totals } = props;
  const counts: Readonly<Partial<Record<ViewName, number>>> = {
    patterns: totals.patterns,
    denials: totals.denials,
  };
  return (
    <Tabs
      selectedKey={state.view}
      onSelectionChange={(key) => {
        const view = VIEWS.find((name) => name === key);
        if (view !== undefined && view !== state.view) props.onState({ view }, "push");
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div
        inert={props.covered}
        className="flex shrink-0 items-center border-border border-b bg-surface pr-2"
      >
        <TabList
          aria-label="Views of these denials"
          className="flex min-w-0 flex-1 gap-4 overflow-x-auto px-[18px] max-sm:px-3"
        >
          {VIEWS.map((name) => (
            <Tab
              key={name}
              id={name}
              className="h-8 cursor-pointer whitespace-nowrap border-transparent border-b-2 font-medium text-12 text-fact leading-8 data-[focus-visible]:rounded-control forced-colors:border-[Canvas] data-[selected]:border-accent forced-colors:data-[selected]:border-[Highlight] data-[selected]:text-ink data-[focus-visible]:-outline-offset-2 max-sm:h-11 max-sm:leading-11"
            >
              {VIEW_TITLES[name]}
              {counts[name] !== undefined && (
                <span className="pl-1.5 font-normal text-muted tabular-nums">
                  {formatCount(counts[name])}
                </span>
              )}
            </Tab>
          ))}
        </TabList>
        {state.view === "patterns" && (
          <AdjustPatterns
            parts={state.parts}
            masks={state.masks}
            masked={props.masked}
            onMasks={(masks) => props.onState({ masks, pattern: null }, "push")}
            onParts={(parts) => props.onState({ parts, pattern: null }, "push")}
            revision={props.revision}
            filter={props.filter}
            pattern={props.selected ?? props.patterns.data?.patterns[0] ?? null}
          />
        )}
      </div>
      <div className="flex min-h-0 flex-1">
        <TabPanel
          key={state.view}
          id={state.view}
          inert={props.covered}
          className="flex min-h-[360px] min-w-0 flex-1 flex-col overflow-auto bg-surface outline-offset-[-2px] data-[focus-visible]:-outline-offset-2"
        >
          <Body {...props} />
        </TabPanel>
        {props.aside}
      </div>
    </Tabs>
  );
}

function Body(props: ViewTabsProps): ReactNode {
  switch (props.state.view) {
    case "patterns":
      return <Patterns {...props} />;
    case "denials":
      return <DenialList {...props} />;
    case "agents":
      return <MatrixView {...props} name="agents" row="agent" column="scope" />;
    case "guards":
      return <MatrixView {...props} name="guards" row="guard" column="topic" />;
    case "bursts":
      return <BurstView {...props} />;
    case "first-seen":
      return <FirstSeenView {...props} />;
    case "spread":
      return <SpreadView {...props} />;
    case "probing":
      return <ProbeView {...props} />;
    case "retries":
      return <RetryView {...props} />;
    case "cost":
      return <CostView {...props} />;
    case "groups":
      return <GroupView {...props} />;
    case "coverage":
      return <CoverageView {...props} />;
    case "dead-letters":
      return <LetterList {...props} selected={props.state.letter} />;
    case "failures":
      return <FailureView {...props} />;
  }
}

function Patterns(props: ViewTabsProps): ReactNode {
  const { patterns, histogram, state, totals } = props;
  const series = useMemo(() => seriesMap(histogram?.guards ?? []), [histogram?.guards]);
  const sorted = useMemo(
    () => sortPatterns(patterns.data?.patterns ?? [], state.sort),
    [patterns.data?.patterns, state.sort],
  );
  const span = histogram === null ? null : chartSpan(histogram);
  const range = patterns.data?.range ?? null;
  const covered = state.time ?? span ?? range;
  if (patterns.isError) {
    return (
      <div className="p-[18px]">
        <QueryProblem
          title="The patterns could not be asked for."
          error={patterns.error}
          onRetry={() => void patterns.refetch()}
        />
      </div>
    );
  }
  if (patterns.data === undefined) {
    return (
      <p role="status" className="p-6 text-center text-13 text-muted">
        Grouping the denials…
      </p>
    );
  }
  const { distinct } = patterns.data;
  return (
    <>
      <PatternTable
        patterns={sorted}
        total={totals.denials}
        covers={covered === null ? "trend" : coverWords(covered.to - covered.from)}
        series={series}
        isOneDay={props.isOneDay}
        sort={state.sort}
        onSort={(sort) => props.onState({ sort }, "push")}
        selected={props.selected === null ? null : keyText(props.selected.key)}
        onSelect={props.onPattern}
        onValue={props.onValue}
      />
      {distinct > sorted.length && (
        <p className="bg-surface px-[18px] py-2 text-12 text-muted">
          The {formatCount(sorted.length)} most frequent of {formatCount(distinct)} patterns.
        </p>
      )}
    </>
  );
}
