"use client";

import { type ReactNode, useMemo } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Modal } from "@/components/ui/modal.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";
import { columnStatistics } from "@/lib/workbench/statistics.ts";

const SHOWN = 120;

interface ColumnDialogProps {
  readonly rows: ResultRows;
  readonly column: number | null;
  readonly onClose: () => void;
}

/** A column in figures: counted when it is asked for, over the rows that are kept. */
export function ColumnDialog({ rows, column, onClose }: ColumnDialogProps): ReactNode {
  const name = column === null ? "" : (rows.result.columns[column]?.name ?? "");
  return (
    <Modal title={`Column ${visibleText(name)}`} isOpen={column !== null} onClose={onClose}>
      {column !== null && <Figures rows={rows} column={column} />}
    </Modal>
  );
}

function Figures({
  rows,
  column,
}: {
  readonly rows: ResultRows;
  readonly column: number;
}): ReactNode {
  const found = useMemo(() => columnStatistics(rows, column), [rows, column]);
  const facts = [
    ["Type", rows.result.columns[column]?.type ?? ""],
    ["Null", `${formatCount(found.nulls)} of ${plural(found.rows, "row")}`],
    ["Distinct values", formatCount(found.distinct)],
    ["Least", found.least ?? "null"],
    ["Greatest", found.greatest ?? "null"],
  ] as const;
  return (
    <>
      <dl className="grid grid-cols-[120px_1fr] gap-y-1 text-13">
        {facts.map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="font-mono text-12 [overflow-wrap:anywhere]">
              {visibleText(value.slice(0, SHOWN))}
              {value.length > SHOWN ? "…" : ""}
            </dd>
          </div>
        ))}
      </dl>
      {found.frequent.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 font-semibold text-13">Most frequent</h3>
          <ul className="flex flex-col gap-0.5">
            {found.frequent.map(({ text, count }) => (
              <li key={text} className="relative flex h-6 items-center gap-2 px-2 text-12">
                <span
                  aria-hidden
                  className="absolute inset-y-0.5 left-0 rounded-control bg-facet"
                  style={{ width: `${(100 * count) / Math.max(found.rows, 1)}%` }}
                />
                <bdi className="relative min-w-0 truncate font-mono">
                  {visibleText(text.slice(0, SHOWN))}
                </bdi>
                <span className="relative ml-auto text-fact tabular-nums">
                  {formatCount(count)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {rows.result.more && (
        <p className="mt-3 text-12 text-muted">
          Of the first {plural(found.rows, "row")}: the result has more.
        </p>
      )}
    </>
  );
}
