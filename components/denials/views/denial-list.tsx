"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { plural } from "@/lib/display/numbers.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type { DenialRow } from "@/lib/queries/denial-model.ts";
import { denialOrderQuestion } from "@/lib/queries/denial-questions.ts";
import { denialSql } from "@/lib/queries/denial-sql.ts";
import { denialOrder, denialPage } from "@/lib/queries/denials.ts";
import { EvidenceIcon } from "../evidence-icon.tsx";
import { LogText } from "../log-text.tsx";
import { denialPlace } from "../panel/example-list.tsx";
import { LongList } from "./long-list.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";

const NEWEST = { column: "time", descending: true } as const;
const TEMPLATE = "18px 132px minmax(0,1.1fr) minmax(0,1.3fr) minmax(0,1.6fr) minmax(0,1.2fr)";

/** Every denial that passes the filter; pressed, its receipt opens, or the dead letter of a claim. */
export function DenialList({ revision, filter, isOneDay, onLetter }: ViewProps): ReactNode {
  const router = useRouter();
  const order = useQuery({
    ...denialOrder(revision, filter, NEWEST),
    placeholderData: keepPreviousData,
  });
  const open = (number: number) => {
    if (number < 0) onLetter(-1 - number);
    else router.push(receiptsAddress({}, number));
  };
  return (
    <ViewFrame
      name="denials"
      query={order}
      sql={() => denialSql(denialOrderQuestion(filter, NEWEST))}
      count={(numbers) => `${plural(numbers.length, "denial")}.`}
      isEmpty={(numbers) => numbers.length === 0}
      none="No denial passes the filter."
    >
      {(numbers) => (
        <LongList
          label="Denials"
          order={numbers}
          heads={["", "time, UTC", "agent", "asked for", "guard and reason", "from"]}
          template={TEMPLATE}
          pageOf={(numbers) => denialPage(revision, numbers)}
          cells={(row) => cellsOf(row, isOneDay)}
          onOpen={open}
        />
      )}
    </ViewFrame>
  );
}

function cellsOf(row: DenialRow, isOneDay: boolean): readonly ReactNode[] {
  const time =
    row.timestamp === null
      ? "no time"
      : isOneDay
        ? formatTime(row.timestamp)
        : formatDateTime(row.timestamp);
  return [
    <EvidenceIcon key="evidence" evidence={row.evidence} size={15} />,
    <span key="time" className="text-fact tabular-nums">
      {time}
    </span>,
    <LogText key="agent" text={row.agent} none="(no agent)" className="truncate" />,
    <LogText
      key="tool"
      text={row.tool === "" ? row.scope : row.tool}
      mono
      none="(no tool)"
      className="truncate"
    />,
    <span key="reason" className="truncate text-muted">
      <LogText text={row.guard} none="(no guard)" className="font-medium text-fact" />
      {row.reason !== "" && ": "}
      {row.reason !== "" && <LogText text={row.reason} />}
    </span>,
    <bdi key="place" className="truncate font-mono text-fact">
      {denialPlace(row)}
    </bdi>,
  ];
}
