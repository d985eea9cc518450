import type { ReactNode } from "react";
import { DecisionMark } from "@/components/seal/marks.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import type { ColumnId } from "./columns.ts";
import { visibleText } from "./visible-text.ts";

interface ReceiptCellProps {
  readonly row: ReceiptRow;
  readonly id: ColumnId;
  readonly dated: boolean;
}

/** What stands in one cell; text of a file is isolated, so that its direction cannot turn its neighbours. */
export function ReceiptCell({ row, id, dated }: ReceiptCellProps): ReactNode {
  switch (id) {
    case "integrity":
      return <StatusIcon status={row.status} size={15} labelled />;
    case "seq":
      return <span className="truncate tabular-nums">{row.seq ?? ""}</span>;
    case "time":
      return (
        <span className="text-fact tabular-nums">
          {row.timestamp === null
            ? ""
            : dated
              ? formatDateTime(row.timestamp)
              : formatTime(row.timestamp)}
        </span>
      );
    case "decision":
      return <DecisionMark decision={row.decision} />;
    case "agent":
      return <FileText text={row.agent} />;
    case "service":
      return <FileText text={row.service} />;
    case "tool":
      return <FileText text={row.tool} mono />;
    case "id":
      return <FileText text={row.id} mono />;
    case "file":
      return <FileText text={row.file} mono />;
    case "reason":
      return row.guard === "" && row.reason === "" ? null : (
        <bdi className="truncate text-muted" title={visibleText(`${row.guard}: ${row.reason}`)}>
          {row.guard !== "" && (
            <span className="font-medium text-fact">{visibleText(row.guard)}</span>
          )}
          {row.guard !== "" && row.reason !== "" && ": "}
          {visibleText(row.reason)}
        </bdi>
      );
  }
}

function FileText({
  text,
  mono = false,
}: {
  readonly text: string;
  readonly mono?: boolean;
}): ReactNode {
  const shown = visibleText(text);
  return (
    <bdi className={`truncate ${mono ? "font-mono" : ""}`} title={shown}>
      {shown}
    </bdi>
  );
}
