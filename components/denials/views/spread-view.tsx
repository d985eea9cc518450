"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { lengthWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { denialQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { ScopeSpread } from "@/lib/queries/denial-views-model.ts";
import { scopeSpread } from "@/lib/queries/denials.ts";
import { logWords } from "../log-words.ts";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";
import { When } from "./when.tsx";

/** Agents that are named one by one. */
const NAMED = 4;

/** How a denied scope spread from agent to agent. */
export function SpreadView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const query = useQuery({ ...scopeSpread(revision, filter), placeholderData: keepPreviousData });
  const shared = (spreads: readonly ScopeSpread[]) => spreads.filter(({ agents }) => agents > 1);
  const columns: readonly ViewColumn<ScopeSpread>[] = [
    {
      label: "scope",
      cell: ({ scope }) => <ValueButton name="scope" value={scope} onValue={onValue} />,
    },
    { label: "agents", align: "end", cell: ({ agents }) => formatCount(agents) },
    { label: "denials", align: "end", cell: ({ denials }) => formatCount(denials) },
    {
      label: "first agent at, UTC",
      cell: ({ steps }) => <When at={steps[0]?.at ?? null} isOneDay={isOneDay} />,
    },
    {
      label: "spread over",
      align: "end",
      cell: ({ steps }) => lengthWords((steps.at(-1)?.at ?? 0) - (steps[0]?.at ?? 0)),
    },
    { label: "in turn", cell: ({ steps, agents }) => <Steps steps={steps} agents={agents} /> },
  ];
  return (
    <ViewFrame
      name="spread"
      query={query}
      sql={() => denialSql(denialQuestion("denialSpread", filter))}
      count={(spreads) => `${plural(shared(spreads).length, "scope")}.`}
      isEmpty={(spreads) => shared(spreads).length === 0}
      none="No scope was denied to more than one agent."
    >
      {(spreads) => (
        <ViewTable
          label="Spread"
          columns={columns}
          rows={shared(spreads)}
          keyOf={({ scope }) => scope}
        />
      )}
    </ViewFrame>
  );
}

function Steps({ steps, agents }: Pick<ScopeSpread, "steps" | "agents">): ReactNode {
  const named = steps.slice(0, NAMED);
  return (
    <ol className="flex flex-wrap gap-x-1.5 text-fact">
      {named.map(({ agent, at }, place) => (
        <li key={agent} title={`${formatDateTime(at)} UTC`} className="min-w-0 max-w-full truncate">
          <bdi className="font-mono">{logWords(agent)}</bdi>
          {place < named.length - 1 && <span aria-hidden="true"> →</span>}
        </li>
      ))}
      {agents > named.length && <li>and {formatCount(agents - named.length)} more</li>}
    </ol>
  );
}
