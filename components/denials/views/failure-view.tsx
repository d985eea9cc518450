"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { EVERY_DENIAL } from "@/lib/queries/denial-model.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { ProcessingFailure } from "@/lib/queries/denial-views-model.ts";
import { processingFailures } from "@/lib/queries/denials.ts";
import { LogText } from "../log-text.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";

const COLUMNS: readonly ViewColumn<ProcessingFailure>[] = [
  { label: "class", cell: ({ failure }) => <LogText text={failure} mono none="not said" /> },
  { label: "records", align: "end", cell: ({ records }) => formatCount(records) },
  { label: "topics", align: "end", cell: ({ topics }) => formatCount(topics) },
  { label: "first, UTC", cell: ({ first }) => timeText(first) },
  { label: "last, UTC", cell: ({ last }) => timeText(last) },
];

/** What a connector could not process: no denials. */
export function FailureView({ revision }: ViewProps): ReactNode {
  const query = useQuery(processingFailures(revision));
  return (
    <ViewFrame
      name="failures"
      query={query}
      sql={() => denialSql(denialQuestion("denialFailures", EVERY_DENIAL))}
      count={(failures) =>
        `${plural(
          failures.reduce((all, { records }) => all + records, 0),
          "record",
        )}.`
      }
      isEmpty={(failures) => failures.length === 0}
      none="No processing failures in what is loaded."
    >
      {(failures) => (
        <ViewTable
          label="Processing failures"
          columns={COLUMNS}
          rows={failures}
          keyOf={({ failure }) => failure}
        />
      )}
    </ViewFrame>
  );
}

function timeText(milliseconds: number | null): string {
  return milliseconds === null ? "no time" : formatDateTime(milliseconds / 1000);
}
