"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { chainAddress, rowKey } from "@/components/chain/page-fragment.ts";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { Modal } from "@/components/ui/modal.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { ReceiptFilter, ReceiptRow } from "@/lib/queries/model.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";
import { groupWords, heldWords, lengthWords, measureWords } from "./rule-words.ts";

interface AlertDialogProps {
  readonly rule: Rule;
  /** The alert that is open; null for none. */
  readonly alert: Alert | null;
  readonly onClose: () => void;
}

/** An alert opens to the receipts that made it; claims stand apart. */
export function AlertDialog({ rule, alert, onClose }: AlertDialogProps): ReactNode {
  return (
    <Modal
      title={alert === null ? "" : `Fired at ${formatDateTime(alert.at)} UTC`}
      isOpen={alert !== null}
      onClose={onClose}
    >
      {alert === null ? null : (
        <div className="flex flex-col gap-3">
          <div className="text-13 text-fact">
            <p className="[overflow-wrap:anywhere]">
              {measureWords(rule.measure, alert.measure)} in {lengthWords(rule.windowSeconds)}:{" "}
              {visibleText(groupWords(alert.group))}.
            </p>
            <p className="text-muted">
              Window from {formatDateTime(alert.since)} UTC.
              {alert.held > 0 ? ` ${heldWords(alert)}.` : ""}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            {alert.rows.length > 0 ? (
              <Link
                href={receiptsAddress({ rows: alert.rows })}
                className={buttonStyle("secondary")}
              >
                {alert.rows.length + alert.records.length < alert.events
                  ? `These ${formatCount(alert.rows.length)} in Receipts`
                  : "These in Receipts"}
              </Link>
            ) : null}
            <Link href={receiptsAddress(filterOf(alert))} className={buttonStyle("secondary")}>
              This window in Receipts
            </Link>
          </div>
          <Members alert={alert} />
          <Claims records={alert.records} onClose={onClose} />
        </div>
      )}
    </Modal>
  );
}

/** Receipts of the window, as far as Receipts can filter by what the rule groups by. */
function filterOf({ since, at, group }: Alert): Partial<ReceiptFilter> {
  const agents = group.flatMap(({ field, value }) => (field === "agent" ? [value] : []));
  const guards = group.flatMap(({ field, value }) => (field === "guard" ? [value] : []));
  return {
    time: { from: since, to: at + 1 },
    include: {
      decision: ["deny"],
      ...(agents.length > 0 ? { agent: agents } : {}),
      ...(guards.length > 0 ? { guard: guards } : {}),
    },
  };
}

const STEP = 50;

function Members({ alert }: { readonly alert: Alert }): ReactNode {
  const [shown, setShown] = useState(STEP);
  const revision = useSession((session) => session.revision);
  const rows = alert.rows.slice(0, shown);
  const { data, error } = useQuery({ ...receiptPage(revision, rows), enabled: rows.length > 0 });
  if (alert.rows.length === 0) return null;
  const listed = alert.rows.length + alert.records.length;
  return (
    <section aria-label="Receipts that made it">
      <p className="font-semibold text-13">
        {plural(alert.rows.length, "receipt")}
        {alert.events > listed ? ` of ${formatCount(alert.events)} in the window` : ""}
      </p>
      {error === null ? null : <p className="text-13 text-fact">{error.message}</p>}
      <ol className="mt-1 border-hair border-t">
        {(data ?? []).map((row) => (
          <Member key={row.row} row={row} />
        ))}
      </ol>
      {data === undefined && error === null ? <p className="text-13 text-muted">Reading…</p> : null}
      {alert.rows.length > shown ? (
        <Button variant="quiet" onPress={() => setShown(shown + STEP)}>
          Show {plural(Math.min(STEP, alert.rows.length - shown), "more receipt")}
        </Button>
      ) : null}
    </section>
  );
}

function Member({ row }: { readonly row: ReceiptRow }): ReactNode {
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2 border-hair border-b py-1.5 text-12">
      <StatusIcon status={row.status} labelled />
      <span className="min-w-0">
        <span className="flex flex-wrap gap-x-2">
          <Link
            href={receiptsAddress({}, row.row)}
            className="text-accent tabular-nums underline-offset-2 hover:underline"
          >
            {row.timestamp === null ? "no time" : `${formatDateTime(row.timestamp)} UTC`}
          </Link>
          <span className="font-mono [overflow-wrap:anywhere]">{visibleText(row.tool)}</span>
        </span>
        <span className="block text-fact [overflow-wrap:anywhere]">
          {visibleText(
            [row.agent, row.guard, row.reason].filter((text) => text !== "").join(" · "),
          )}
        </span>
      </span>
      <Link
        href={chainAddress(rowKey(row.row))}
        className="text-accent underline-offset-2 hover:underline"
      >
        Chain
      </Link>
    </li>
  );
}

function Claims({
  records,
  onClose,
}: {
  readonly records: readonly number[];
  readonly onClose: () => void;
}): ReactNode {
  const router = useRouter();
  if (records.length === 0) return null;
  return (
    <section
      aria-label="Claims that made it"
      className="rounded-card bg-unchecked-tint p-3 text-13"
    >
      <p>
        {plural(records.length, "claim")} counted too, because this rule counts everything. A claim
        carries no receipt.
      </p>
      <Button
        className="mt-2"
        onPress={() => {
          openInWorkbench(
            `select * from dead_letters where record in (${records.join(", ")}) order by record;`,
            "Claims of an alert",
          );
          onClose();
          router.push("/sql");
        }}
      >
        List them in SQL
      </Button>
    </section>
  );
}
