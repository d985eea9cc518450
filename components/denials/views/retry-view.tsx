"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { gapWords, percentWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { Retry } from "@/lib/queries/denial-views-model.ts";
import { denialRetries } from "@/lib/queries/denials.ts";
import { LogText } from "../log-text.tsx";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";
import { When } from "./when.tsx";

/** Keys of records that were denied again and again. */
export function RetryView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const query = useQuery({ ...denialRetries(revision, filter), placeholderData: keepPreviousData });
  const columns: readonly ViewColumn<Retry>[] = [
    { label: "message key", cell: ({ key }) => <LogText text={key} mono /> },
    {
      label: "topic",
      cell: ({ topic }) => <ValueButton name="topic" value={topic} onValue={onValue} />,
    },
    { label: "denials", align: "end", cell: ({ denials }) => formatCount(denials) },
    { label: "agents", align: "end", cell: ({ agents }) => formatCount(agents) },
    {
      label: "usual gap",
      align: "end",
      cell: ({ medianGapMs, precision }) =>
        medianGapMs === null
          ? "one time only"
          : precision === "second" && medianGapMs < 1000
            ? "under 1 s"
            : gapWords(medianGapMs),
    },
    {
      label: "gaps like it",
      align: "end",
      cell: ({ regular }) => (regular === null ? "" : percentWords(regular, 1)),
    },
    { label: "first, UTC", cell: ({ first }) => <When at={first} isOneDay={isOneDay} /> },
    { label: "last, UTC", cell: ({ last }) => <When at={last} isOneDay={isOneDay} /> },
  ];
  return (
    <ViewFrame
      name="retries"
      query={query}
      sql={() => denialSql(denialQuestion("denialRetries", filter))}
      count={({ keys, denials }) => `${plural(keys, "key")}, ${plural(denials, "denial")} of them.`}
      isEmpty={({ keys }) => keys === 0}
      none="No key was denied more than once, or the export left keys out."
    >
      {({ retries }) => (
        <ViewTable
          label="Retries"
          columns={columns}
          rows={retries}
          keyOf={({ key, topic }) => JSON.stringify([key, topic])}
        />
      )}
    </ViewFrame>
  );
}
