"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { spanOfDay } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { ConsumerGroup } from "@/lib/queries/denial-views-model.ts";
import { consumerGroups } from "@/lib/queries/denials.ts";
import { ValueButton } from "../value-button.tsx";
import { costWords } from "./cost-view.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";

/** Consumer groups and what their budgets refused. */
export function GroupView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const query = useQuery({
    ...consumerGroups(revision, filter),
    placeholderData: keepPreviousData,
  });
  const columns: readonly ViewColumn<ConsumerGroup>[] = [
    {
      label: "consumer group",
      cell: ({ group }) => <ValueButton name="group" value={group} onValue={onValue} />,
    },
    { label: "denials", align: "end", cell: ({ denials }) => formatCount(denials) },
    { label: "by budget or velocity", align: "end", cell: ({ budget }) => formatCount(budget) },
    { label: "agents", align: "end", cell: ({ agents }) => formatCount(agents) },
    {
      label: "refused cost",
      align: "end",
      cell: ({ costs }) => (costs.length === 0 ? "not said" : costWords(costs)),
    },
    { label: "first to last, UTC", cell: ({ first, last }) => spanOfDay(first, last, isOneDay) },
  ];
  return (
    <ViewFrame
      name="groups"
      query={query}
      sql={() => denialSql(denialQuestion("denialGroups", filter))}
      count={(groups) => `${plural(groups.length, "group")}.`}
      isEmpty={(groups) => groups.length === 0}
      none="No denial names a consumer group."
    >
      {(groups) => (
        <ViewTable
          label="Consumer groups"
          columns={columns}
          rows={groups}
          keyOf={({ group }) => group}
        />
      )}
    </ViewFrame>
  );
}
