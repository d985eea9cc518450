"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { groupDigits } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { RefusedCost, RefusedCosts } from "@/lib/queries/denial-views-model.ts";
import { refusedCosts } from "@/lib/queries/denials.ts";
import { logWords } from "../log-words.ts";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";

/** What refused calls would have cost. */
export function CostView({ revision, filter, onValue }: ViewProps): ReactNode {
  const query = useQuery({ ...refusedCosts(revision, filter), placeholderData: keepPreviousData });
  const columns: readonly ViewColumn<RefusedCosts["agents"][number]>[] = [
    {
      label: "agent",
      cell: ({ agent }) => <ValueButton name="agent" value={agent} onValue={onValue} />,
    },
    { label: "refused units", align: "end", cell: ({ units }) => groupDigits(units) },
    { label: "currency", cell: ({ currency }) => logWords(currency) },
    { label: "denials", align: "end", cell: ({ denials }) => formatCount(denials) },
  ];
  return (
    <ViewFrame
      name="cost"
      query={query}
      sql={() => denialSql(denialQuestion("denialCosts", filter))}
      count={({ totals }) => `${costWords(totals)}.`}
      isEmpty={({ totals }) => totals.length === 0}
      none="No refused call says what it would have cost."
    >
      {({ agents }) => (
        <ViewTable
          label="Cost of refused calls"
          columns={columns}
          rows={agents}
          keyOf={({ agent, currency }) => JSON.stringify([agent, currency])}
        />
      )}
    </ViewFrame>
  );
}

/** `1,200 USD units and 30 EUR units`. */
export function costWords(costs: readonly RefusedCost[]): string {
  return costs
    .slice(0, 4)
    .map(({ units, currency }) => `${groupDigits(units)} ${logWords(currency, "")} units`)
    .join(" and ");
}
