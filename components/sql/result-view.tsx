"use client";

import { ClipboardList, ScatterChart, Table2 } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { arrange } from "@/lib/workbench/arrange.ts";
import { markdownTable } from "@/lib/workbench/markdown.ts";
import type { StatementResult } from "@/lib/workbench/model.ts";
import { ResultRows } from "@/lib/workbench/result-rows.ts";
import { CellDialog } from "./cell-dialog.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { ColumnDialog } from "./column-dialog.tsx";
import { ExportResult } from "./export-result.tsx";
import { type GridSort, ResultGrid } from "./result-grid.tsx";
import { UseAsFilter } from "./use-as-filter.tsx";

/** Rows that go to the clipboard as Markdown: more is a file's business. */
const MOST_COPIED = 200;

interface ResultViewProps {
  readonly result: StatementResult;
  /** The statement that gave it. */
  readonly sql: string;
  readonly title: string;
  readonly stale: boolean;
}

/** A result with its tools: order, search, figures, chart, copy, export, and back to a filter. */
export function ResultView({ result, sql, title, stale }: ResultViewProps): ReactNode {
  const rows = useMemo(() => new ResultRows(result), [result]);
  const [sort, setSort] = useState<GridSort>({ column: null, descending: false });
  const [search, setSearch] = useState("");
  const [drawn, setDrawn] = useState(false);
  const [cell, setCell] = useState<{ readonly row: number; readonly column: number } | null>(null);
  const [column, setColumn] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const order = useMemo(() => arrange(rows, { ...sort, search }), [rows, sort, search]);
  const sortBy = (index: number) =>
    setSort((before) =>
      before.column !== index
        ? { column: index, descending: false }
        : before.descending
          ? { column: null, descending: false }
          : { column: index, descending: true },
    );
  const copy = () => {
    const few = [...order.subarray(0, MOST_COPIED)];
    const text = markdownTable(
      result.columns.map(({ name }) => name),
      few.map((row) => result.columns.map((_, at) => rows.text(row, at))),
    );
    navigator.clipboard?.writeText(text).then(
      () => setSaid(`Copied ${plural(few.length, "row")} as Markdown.`),
      () => setSaid("The clipboard is not open to this page."),
    );
  };
  if (result.plan) {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      <pre tabIndex={0} className="h-full overflow-auto bg-surface p-3 font-mono text-12">
        {rows.text(0, 1) ?? rows.text(0, 0)}
      </pre>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-border border-b bg-bg px-3 py-1.5">
        <span className="text-13 text-fact" role="status">
          {said !== "" ? said : countWords(result, order.length)}
          {stale && said === "" ? " · of data that has changed since" : ""}
        </span>
        <input
          type="search"
          aria-label="Find in the result"
          placeholder="Find in the result"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="ml-auto h-[30px] w-[180px] min-w-0 rounded-control border border-strong bg-surface px-2 text-13"
        />
        <Button
          aria-pressed={drawn}
          aria-label={drawn ? "Show the rows" : "Draw a chart"}
          onPress={() => setDrawn(!drawn)}
        >
          {drawn ? <Table2 aria-hidden size={15} /> : <ScatterChart aria-hidden size={15} />}
          <span className="max-lg:hidden">{drawn ? "Rows" : "Chart"}</span>
        </Button>
        <Button aria-label="Copy as Markdown" onPress={copy}>
          <ClipboardList aria-hidden size={15} />
          <span className="max-lg:hidden">Copy</span>
        </Button>
        <UseAsFilter rows={rows} order={order} />
        <ExportResult sql={sql} title={title} />
      </div>
      <div className="min-h-0 flex-1">
        {drawn ? (
          <ChartPanel rows={rows} order={order} />
        ) : (
          <ResultGrid
            rows={rows}
            order={order}
            sort={sort}
            onSort={sortBy}
            onCell={(row, at) => setCell({ row, column: at })}
            onColumn={setColumn}
          />
        )}
      </div>
      <CellDialog rows={rows} cell={cell} onClose={() => setCell(null)} />
      <ColumnDialog rows={rows} column={column} onClose={() => setColumn(null)} />
    </div>
  );
}

function countWords(result: StatementResult, shown: number): string {
  const whole = result.more
    ? `The first ${formatCount(result.rows)} of more rows`
    : plural(result.rows, "row");
  const found = shown === result.rows ? whole : `${formatCount(shown)} of ${whole}`;
  return `${found} · ${seconds(result.milliseconds)}`;
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
