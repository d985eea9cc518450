"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, FlaskConical, Waypoints, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { chainAddress, rowKey } from "@/components/chain/page-fragment.ts";
import { playgroundAddress } from "@/components/playground/page-address.ts";
import { DecisionPill, StatusPill } from "@/components/seal/marks.tsx";
import { Button } from "@/components/ui/button.tsx";
import { formatDateTime } from "@/lib/display/time.ts";
import type { ReceiptDetail, ReceiptRow } from "@/lib/queries/model.ts";
import { receiptDetail } from "@/lib/queries/receipts.ts";
import { QueryProblem } from "../query-problem.tsx";
import { PHONE, useMedia } from "../use-media.ts";
import { visibleText } from "../visible-text.ts";
import { FieldsTab } from "./fields-tab.tsx";
import { GuardsTab } from "./guards-tab.tsx";
import { ProofTab } from "./proof-tab.tsx";
import { RawTab } from "./raw-tab.tsx";
import { SummaryTab } from "./summary-tab.tsx";
import { TAB_NAMES, TAB_TITLES, type TabName, tabOf } from "./tabs.ts";

export interface ReceiptDrawerProps {
  readonly revision: number;
  readonly row: number;
  readonly tab: TabName;
  readonly onTab: (tab: TabName) => void;
  readonly onClose: () => void;
  /** Steps to the receipt above or below in the table; null at its ends. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/** One receipt, recomputed from the bytes of its file. */
export function ReceiptDrawer(props: ReceiptDrawerProps): ReactNode {
  const { row, tab } = props;
  const detail = useQuery({
    ...receiptDetail(props.revision, row),
    placeholderData: keepPreviousData,
  });
  const shell = useRef<HTMLElement | null>(null);
  const phone = useMedia(PHONE);
  // On a phone the drawer is a page of its own: the focus goes there, as it would to a new page.
  useEffect(() => {
    if (phone) shell.current?.focus();
  }, [phone]);
  return (
    <aside
      ref={shell}
      tabIndex={-1}
      aria-label="Receipt"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) props.onClose();
      }}
      aria-busy={detail.isPlaceholderData}
      className="flex h-full min-h-0 flex-col bg-surface outline-none transition-opacity aria-busy:opacity-60"
    >
      <DrawerHead {...props} detail={detail.data ?? null} />
      {detail.isError ? (
        <div className="p-4">
          <QueryProblem
            title="This receipt could not be read again."
            error={detail.error}
            onRetry={() => void detail.refetch()}
          />
        </div>
      ) : (
        <Tabs
          selectedKey={tab}
          onSelectionChange={(key) => props.onTab(tabOf(String(key)))}
          className="flex min-h-0 flex-1 flex-col"
        >
          <TabList
            aria-label="Parts of the receipt"
            className="flex shrink-0 gap-4 overflow-x-auto border-border border-b px-4 max-sm:gap-3"
          >
            {TAB_NAMES.map((name) => (
              <Tab
                key={name}
                id={name}
                className="h-9 cursor-pointer whitespace-nowrap border-transparent border-b-2 font-medium text-13 text-fact leading-9 data-[focus-visible]:rounded-control forced-colors:border-[Canvas] data-[selected]:border-accent forced-colors:data-[selected]:border-[Highlight] data-[selected]:text-ink data-[focus-visible]:-outline-offset-2 max-sm:h-11 max-sm:leading-11"
              >
                {TAB_TITLES[name]}
              </Tab>
            ))}
          </TabList>
          {TAB_NAMES.map((name) => (
            <TabPanel
              key={name}
              id={name}
              className="min-h-0 flex-1 overflow-y-auto p-4 data-[focus-visible]:-outline-offset-2"
            >
              {detail.data === undefined ? (
                <p role="status" className="text-13 text-muted">
                  Reading the receipt from its file…
                </p>
              ) : (
                <TabBody name={name} detail={detail.data} />
              )}
            </TabPanel>
          ))}
        </Tabs>
      )}
    </aside>
  );
}

function TabBody({
  name,
  detail,
}: {
  readonly name: TabName;
  readonly detail: ReceiptDetail;
}): ReactNode {
  switch (name) {
    case "summary":
      return <SummaryTab detail={detail} />;
    case "guards":
      return <GuardsTab detail={detail} />;
    case "fields":
      return <FieldsTab detail={detail} />;
    case "proof":
      return <ProofTab proof={detail.proof} />;
    case "raw":
      return <RawTab detail={detail} />;
  }
}

function DrawerHead({
  detail,
  row,
  onClose,
  onPrevious,
  onNext,
}: ReceiptDrawerProps & { readonly detail: ReceiptDetail | null }): ReactNode {
  return (
    <header className="shrink-0 px-4 pt-3 pb-2">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-semibold text-16">
          {detail === null ? `Row ${row}` : receiptName(detail.row)}{" "}
          <bdi className="pl-1 font-mono font-normal text-14">
            {detail === null ? "" : visibleText(detail.row.tool)}
          </bdi>
        </h2>
        <Button
          variant="icon"
          aria-label="Previous receipt"
          isDisabled={onPrevious === null}
          onPress={() => onPrevious?.()}
        >
          <ChevronUp aria-hidden size={16} />
        </Button>
        <Button
          variant="icon"
          aria-label="Next receipt"
          isDisabled={onNext === null}
          onPress={() => onNext?.()}
        >
          <ChevronDown aria-hidden size={16} />
        </Button>
        <Button variant="icon" aria-label="Close receipt" onPress={onClose}>
          <X aria-hidden size={16} />
        </Button>
      </div>
      {detail !== null && (
        <div className="mt-1.5 flex flex-wrap items-center gap-2 text-12 text-fact">
          <DecisionPill decision={detail.row.decision} />
          <StatusPill status={detail.row.status} />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <bdi>
              {visibleText(detail.row.agent === "" ? detail.row.service : detail.row.agent)}
            </bdi>
            {detail.row.timestamp !== null && `, ${formatDateTime(detail.row.timestamp)} UTC`}
          </span>
          <Link
            href={chainAddress(rowKey(detail.row.row))}
            className="ml-auto inline-flex min-h-6 items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
          >
            <Waypoints aria-hidden size={13} />
            Show chain
          </Link>
          <Link
            href={playgroundAddress(detail.row.row)}
            className="inline-flex min-h-6 items-center gap-1 font-medium text-accent underline-offset-2 hover:underline"
          >
            <FlaskConical aria-hidden size={13} />
            {detail.row.decision === "deny" ? "Why was it denied?" : "Try it out"}
          </Link>
        </div>
      )}
    </header>
  );
}

function receiptName(row: ReceiptRow): string {
  return row.seq === null ? visibleText(row.id.slice(0, 24)) : `#${row.seq}`;
}
