"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { groupDigits } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { EVERY_DENIAL } from "@/lib/queries/denial-model.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { PartitionCoverage } from "@/lib/queries/denial-views-model.ts";
import { offsetCoverage } from "@/lib/queries/denials.ts";
import { LogText } from "../log-text.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";

const COLUMNS: readonly ViewColumn<PartitionCoverage>[] = [
  { label: "topic", cell: ({ topic }) => <LogText text={topic} mono /> },
  { label: "partition", align: "end", cell: ({ partition }) => formatCount(partition) },
  { label: "offsets with a receipt", align: "end", cell: ({ offsets }) => formatCount(offsets) },
  { label: "from", align: "end", cell: ({ from }) => groupDigits(from) },
  { label: "to", align: "end", cell: ({ to }) => groupDigits(to) },
  {
    label: "advanced without one",
    align: "end",
    cell: ({ absent }) => (
      <span className={absent === "0" ? "" : "font-semibold"}>{groupDigits(absent)}</span>
    ),
  },
  { label: "gaps", align: "end", cell: ({ gaps }) => formatCount(gaps) },
  { label: "widest gaps", cell: ({ widest }) => widest.map(gapText).join(", ") },
];

/** Offsets that advanced without a receipt, of all receipts that are loaded. */
export function CoverageView({ revision }: ViewProps): ReactNode {
  const query = useQuery(offsetCoverage(revision));
  return (
    <ViewFrame
      name="coverage"
      query={query}
      sql={() => denialSql(denialQuestion("denialCoverage", EVERY_DENIAL))}
      count={(partitions) => `${plural(partitions.length, "partition")}.`}
      isEmpty={(partitions) => partitions.length === 0}
      none="Can’t tell: no receipt names a partition and an offset."
    >
      {(partitions) => (
        <>
          <ViewTable
            label="Coverage"
            columns={COLUMNS}
            rows={partitions}
            keyOf={({ topic, partition }) => JSON.stringify([topic, partition])}
          />
          <p className="border-hair border-t px-[18px] py-2 text-12 text-muted">
            An offset without a receipt here may have one in a log that is not loaded, or belong to
            a record that nobody had to judge: a transaction’s marker, or a compacted one.
          </p>
        </>
      )}
    </ViewFrame>
  );
}

function gapText({ from, to }: { readonly from: string; readonly to: string }): string {
  return from === to ? groupDigits(from) : `${groupDigits(from)} to ${groupDigits(to)}`;
}
