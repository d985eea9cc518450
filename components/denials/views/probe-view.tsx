"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Segmented } from "@/components/chain/segmented.tsx";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { lengthWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { probesQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import type { Probe } from "@/lib/queries/denial-views-model.ts";
import { denialProbes } from "@/lib/queries/denials.ts";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";
import { When } from "./when.tsx";

const WINDOWS = ["60", "600", "3600"] as const;
const WINDOW_WORDS = { "60": "1 min", "600": "10 min", "3600": "1 h" } as const;

/** Denials after which the same call was soon allowed. */
export function ProbeView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const [within, setWithin] = useState<(typeof WINDOWS)[number]>("3600");
  const seconds = Number(within);
  const query = useQuery({
    ...denialProbes(revision, filter, seconds),
    placeholderData: keepPreviousData,
  });
  const columns: readonly ViewColumn<Probe>[] = [
    {
      label: "agent",
      cell: ({ agent }) => <ValueButton name="agent" value={agent} onValue={onValue} />,
    },
    {
      label: "asked for",
      cell: ({ scope, tool }) =>
        scope === "" ? (
          <ValueButton name="tool" value={tool} onValue={onValue} />
        ) : (
          <ValueButton name="scope" value={scope} onValue={onValue} />
        ),
    },
    {
      label: "denied, UTC",
      cell: ({ denied, deniedAt }) => (
        <RowLink row={denied} at={deniedAt} isOneDay={isOneDay} word="the denial" />
      ),
    },
    {
      label: "allowed, UTC",
      cell: ({ allowed, allowedAt }) => (
        <RowLink row={allowed} at={allowedAt} isOneDay={isOneDay} word="the allowed call" />
      ),
    },
    { label: "after", align: "end", cell: ({ gapSeconds }) => lengthWords(gapSeconds) },
  ];
  return (
    <ViewFrame
      name="probing"
      query={query}
      sql={() => denialSql(probesQuestion(filter, seconds))}
      count={({ probes, total, agents }) =>
        `${plural(total, "time")}, ${plural(agents, "agent")}${probes.length < total ? `; the latest ${formatCount(probes.length)}` : ""}.`
      }
      isEmpty={({ total }) => total === 0}
      none="No denied call was allowed within that time."
      aside={
        <Segmented
          label="Allowed within"
          names={WINDOWS}
          words={WINDOW_WORDS}
          chosen={within}
          onChoose={setWithin}
        />
      }
    >
      {({ probes }) => (
        <ViewTable
          label="Probing"
          columns={columns}
          rows={probes}
          keyOf={({ denied, allowed }) => `${denied} ${allowed}`}
        />
      )}
    </ViewFrame>
  );
}

interface RowLinkProps {
  readonly row: number;
  readonly at: number;
  readonly isOneDay: boolean;
  readonly word: string;
}

function RowLink({ row, at, isOneDay, word }: RowLinkProps): ReactNode {
  if (row < 0) return <When at={at} isOneDay={isOneDay} />;
  return (
    <Link
      href={receiptsAddress({}, row)}
      className="inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
    >
      <span className="sr-only">Open {word}, </span>
      <When at={at} isOneDay={isOneDay} />
    </Link>
  );
}
