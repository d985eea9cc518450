"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { groupWords, heldWords } from "@/components/rules/rule-words.ts";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { Modal } from "@/components/ui/modal.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentLive } from "@/lib/live/current-live.ts";
import type { LiveAlert, LiveRow } from "@/lib/live/model.ts";

interface LiveAlertDialogProps {
  readonly opened: LiveAlert | null;
  readonly onClose: () => void;
}

/** The rows that made an alert, as far as they are still kept; claims stand apart. */
export function LiveAlertDialog({ opened, onClose }: LiveAlertDialogProps): ReactNode {
  return (
    <Modal
      title={opened === null ? "" : visibleText(opened.name)}
      isOpen={opened !== null}
      onClose={onClose}
    >
      {opened === null ? null : <Content opened={opened} />}
    </Modal>
  );
}

function Content({ opened }: { readonly opened: LiveAlert }): ReactNode {
  const { alert } = opened;
  const { rows, held } = currentLive().snapshot();
  const kept = new Map([...rows, ...(held ?? [])].map((row) => [row.number, row]));
  const receipts = alert.rows.flatMap((number) => kept.get(number) ?? []);
  const claims = alert.records.flatMap((number) => kept.get(number) ?? []);
  const gone = alert.rows.length + alert.records.length - receipts.length - claims.length;
  return (
    <div className="flex flex-col gap-3 text-13">
      <p className="text-fact [overflow-wrap:anywhere]">
        Fired at {formatDateTime(alert.at)} UTC: {visibleText(groupWords(alert.group))}. Window from{" "}
        {formatDateTime(alert.since)} UTC with {plural(alert.events, "decision")}.
        {alert.held > 0 ? ` ${heldWords(alert)}.` : ""}
      </p>
      <Rows name="Receipts that made it" rows={receipts} />
      <Rows name="Claims that counted too" rows={claims} />
      {gone > 0 ? (
        <p className="text-muted">
          {formatCount(gone)} more are no longer kept here. Load what was read into the explorer to
          see them.
        </p>
      ) : null}
    </div>
  );
}

interface RowsProps {
  readonly name: string;
  readonly rows: readonly LiveRow[];
}

const SHOWN = 100;

function Rows({ name, rows }: RowsProps): ReactNode {
  if (rows.length === 0) return null;
  return (
    <section aria-label={name}>
      <h3 className="font-semibold">
        {name}: {formatCount(rows.length)}
        {rows.length > SHOWN ? `, the first ${formatCount(SHOWN)}` : ""}
      </h3>
      <ol className="border-hair border-t">
        {rows.slice(0, SHOWN).map((row) => (
          <li
            key={row.number}
            className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2 border-hair border-b py-1 text-12"
          >
            {row.status === null ? <span /> : <StatusIcon status={row.status} labelled />}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="tabular-nums">
                {row.second === null ? "no time" : `${formatDateTime(row.second)} UTC`}
              </span>{" "}
              <span className="font-mono">{visibleText(row.tool)}</span>{" "}
              <span className="text-fact">
                {visibleText([row.agent, row.guard, row.reason.slice(0, 300)].join(" · "))}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
