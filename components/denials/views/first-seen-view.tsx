"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { lengthWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { FirstSeen } from "@/lib/queries/denial-views-model.ts";
import { firstSeen } from "@/lib/queries/denials.ts";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";
import { When } from "./when.tsx";

/** When each agent first asked for what it was denied. */
export function FirstSeenView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const query = useQuery({ ...firstSeen(revision, filter), placeholderData: keepPreviousData });
  const columns: readonly ViewColumn<FirstSeen>[] = [
    {
      label: "agent",
      cell: ({ agent }) => <ValueButton name="agent" value={agent} onValue={onValue} />,
    },
    {
      label: "asked for the first time",
      cell: ({ kind, value }) => <ValueButton name={kind} value={value} onValue={onValue} />,
    },
    { label: "what", cell: ({ kind }) => kind },
    { label: "at, UTC", cell: ({ first }) => <When at={first} isOneDay={isOneDay} /> },
    {
      label: "after its first call",
      align: "end",
      cell: ({ first, agentFirst }) => lengthWords(Math.max(first - agentFirst, 0)),
    },
    { label: "denials", align: "end", cell: ({ denials }) => formatCount(denials) },
    { label: "allowed, ever", align: "end", cell: ({ allowed }) => formatCount(allowed) },
  ];
  return (
    <ViewFrame
      name="first-seen"
      query={query}
      sql={() => denialSql(denialQuestion("denialFirstSeen", filter))}
      count={({ pairs, distinct }) =>
        pairs.length < distinct
          ? `Latest ${formatCount(pairs.length)} of ${formatCount(distinct)}.`
          : `${plural(distinct, "pair")}.`
      }
      isEmpty={({ pairs }) => pairs.length === 0}
      none="No denial names an agent and what it asked for."
    >
      {({ pairs }) => (
        <ViewTable
          label="First seen"
          columns={columns}
          rows={pairs}
          keyOf={({ agent, kind, value }) => JSON.stringify([agent, kind, value])}
        />
      )}
    </ViewFrame>
  );
}
