"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentReplay } from "@/lib/playground/replay/current-replay.ts";
import type { ReplayOutcome } from "@/lib/playground/replay/model.ts";
import type { ListedDenial, ReplayResult } from "@/lib/playground/replay/tally.ts";
import type { ReceiptRow } from "@/lib/queries/model.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";
import { useSession } from "@/lib/queries/session.ts";
import { KIND_WORDS, outcomeWords } from "./replay-words.ts";

type Kind = ReplayOutcome["kind"];

/** Denials of one page of the list. */
const PAGE = 50;

interface ReplayListProps {
  readonly result: ReplayResult | null;
  /** What is listed; null where the list is closed. */
  readonly kind: Kind | null;
  readonly onKind: (kind: Kind | null) => void;
}

/** Every denial of a replay by what became of it, each with the way to its receipt. */
export function ReplayList({ result, kind, onKind }: ReplayListProps): ReactNode {
  return (
    <ModalOverlay
      isOpen={kind !== null && result !== null}
      onOpenChange={(open) => {
        if (!open) onKind(null);
      }}
      isDismissable
      className="fixed inset-0 z-50 flex justify-end bg-scrim"
    >
      <Modal className="h-full w-[clamp(448px,56vw,960px)] border-border border-l bg-surface shadow-popover max-sm:w-full max-sm:border-0">
        <Dialog className="flex h-full min-h-0 flex-col outline-none">
          <header className="flex shrink-0 items-center gap-2 border-border border-b px-4 py-2.5">
            <Heading slot="title" className="min-w-0 flex-1 font-semibold text-16">
              Replayed denials
            </Heading>
            <Button variant="icon" aria-label="Close list" onPress={() => onKind(null)}>
              <X aria-hidden size={16} />
            </Button>
          </header>
          {kind === null || result === null ? null : (
            <>
              <Kinds result={result} kind={kind} onKind={onKind} />
              <Pages key={kind} kind={kind} count={countOf(result, kind)} />
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const KINDS = ["denied", "allowed", "not-evaluated"] as const satisfies readonly Kind[];

function countOf(result: ReplayResult, kind: Kind): number {
  switch (kind) {
    case "allowed":
      return result.allowed;
    case "denied":
      return result.denied;
    case "not-evaluated":
      return result.notEvaluated;
  }
}

interface KindsProps {
  readonly result: ReplayResult;
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
}

function Kinds({ result, kind, onKind }: KindsProps): ReactNode {
  return (
    <div className="flex shrink-0 flex-wrap gap-4 border-hair border-b px-4">
      {KINDS.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === kind}
          onClick={() => onKind(each)}
          className={`h-8 cursor-pointer border-b-2 text-12 ${
            each === kind
              ? "border-accent font-semibold text-ink forced-colors:border-[Highlight]"
              : "border-transparent text-fact hover:text-ink forced-colors:border-[Canvas]"
          }`}
        >
          {formatCount(countOf(result, each))} {KIND_WORDS[each]}
        </button>
      ))}
    </div>
  );
}

function Pages({ kind, count }: { readonly kind: Kind; readonly count: number }): ReactNode {
  const revision = useSession((state) => state.revision);
  const [page, setPage] = useState(0);
  const listed = currentReplay().list(kind, page * PAGE, PAGE);
  const numbers = listed.map(({ row }) => row);
  const { data } = useQuery(receiptPage(revision, numbers));
  const rows = new Map(data?.map((row) => [row.row, row]));
  const first = page * PAGE;
  return (
    <>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard.
        tabIndex={0}
        aria-label="List of replayed denials"
        className="min-h-0 flex-1 overflow-auto px-4 py-2"
      >
        {count === 0 ? (
          <p className="py-2 text-13 text-muted">None.</p>
        ) : (
          <table className="w-full text-left text-12">
            <thead className="text-11 text-muted">
              <tr>
                <Head>Receipt</Head>
                <Head wide>Time (UTC)</Head>
                <Head>Tool</Head>
                <Head wide>Denied then</Head>
                <Head>Now</Head>
              </tr>
            </thead>
            <tbody>
              {listed.map((denial) => (
                <Row key={denial.row} denial={denial} row={rows.get(denial.row)} />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <footer className="flex shrink-0 items-center gap-2 border-hair border-t px-4 py-2 text-12 text-fact">
        <span role="status" className="flex-1 tabular-nums">
          {count === 0
            ? ""
            : `${formatCount(first + 1)} to ${formatCount(first + listed.length)} of ${formatCount(count)}`}
        </span>
        <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
          Previous
        </Button>
        <Button isDisabled={first + PAGE >= count} onPress={() => setPage(page + 1)}>
          Next
        </Button>
      </footer>
    </>
  );
}

interface HeadProps {
  /** Left out where there is no room for it; the receipt tells it too. */
  readonly wide?: boolean;
  readonly children: string;
}

function Head({ wide = false, children }: HeadProps): ReactNode {
  return (
    <th scope="col" className={classNames("py-1 pr-3 font-medium", wide && "max-sm:hidden")}>
      {children}
    </th>
  );
}

interface RowProps {
  readonly denial: ListedDenial;
  /** Undefined while it is read. */
  readonly row: ReceiptRow | undefined;
}

function Row({ denial, row }: RowProps): ReactNode {
  return (
    <tr className="border-hair border-t align-top">
      <td className="py-1.5 pr-3">
        <Link
          href={receiptsAddress({}, denial.row)}
          className="whitespace-nowrap font-mono text-accent underline-offset-2 hover:underline"
        >
          {row === undefined ? `row ${denial.row}` : nameOf(row)}
        </Link>
      </td>
      <td className="whitespace-nowrap py-1.5 pr-3 text-fact tabular-nums max-sm:hidden">
        {row === undefined || row.timestamp === null ? "" : formatDateTime(row.timestamp)}
      </td>
      <td className="py-1.5 pr-3 font-mono [overflow-wrap:anywhere]">
        <bdi>{visibleText(row?.tool ?? "")}</bdi>
      </td>
      <td className="py-1.5 pr-3 text-muted [overflow-wrap:anywhere] max-sm:hidden">
        <bdi>{visibleText(row === undefined ? "" : thenWords(row))}</bdi>
      </td>
      <td className="py-1.5 [overflow-wrap:anywhere]">
        {visibleText(outcomeWords(denial.outcome))}
      </td>
    </tr>
  );
}

/** As the Receipts page tells it from its neighbours. */
function nameOf({ seq, id }: ReceiptRow): string {
  return seq === null ? visibleText(id.slice(0, 12)) : `#${seq}`;
}

function thenWords({ guard, reason }: ReceiptRow): string {
  return [guard, reason].filter((text) => text !== "").join(": ");
}
