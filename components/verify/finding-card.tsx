"use client";

import { ChevronDown, ChevronUp, CircleAlert, Info } from "lucide-react";
import Link from "next/link";
import { chainAddress, rowKey } from "@/components/chain/page-fragment.ts";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { AbsentIcon, StatusIcon, UnknownIcon } from "@/components/seal/status-icon.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { FINDINGS } from "@/kernel/findings.ts";
import type { FindingCause } from "@/lib/display/finding-groups.ts";
import { causeSentence, shortId } from "@/lib/display/finding-sentence.ts";
import { decidingDifference } from "@/lib/display/repair.ts";
import { formatTime } from "@/lib/display/time.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { Finding, Verdict } from "@/lib/verification/report.ts";
import { Consequences } from "./finding-consequences.tsx";
import { FindingPlace } from "./finding-place.tsx";
import { FindingRepair } from "./finding-repair.tsx";
import { FindingValues } from "./finding-values.tsx";
import { useFindingDetail } from "./use-finding-detail.ts";

interface FindingCardProps {
  readonly cause: FindingCause;
  readonly verdict: Verdict;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One cause: a sentence; opened, its place, both values, its effects, ordinary causes, what still holds. */
export function FindingCard({ cause, verdict, isOpen, onToggle }: FindingCardProps) {
  const { finding } = cause;
  // Where the cause itself compares nothing, its first effect that does shows both sides.
  const witness =
    finding.expected === null || finding.actual === null
      ? cause.effects.find((effect) => effect.expected !== null && effect.actual !== null)
      : undefined;
  const about = verdict.rows.get(finding.id) ?? null;
  const read = useFindingDetail(about, isOpen && finding.severity === "error");
  const detail = read.kind === "read" ? read.detail : null;
  const repair = isOfContent(finding) ? (detail?.repair ?? null) : null;
  const deciding = decidingDifference(repair);
  const panel = `${finding.id}-panel`;
  const Chevron = isOpen ? ChevronUp : ChevronDown;
  return (
    <article
      data-finding={finding.code}
      className="min-w-0 rounded-card border border-border bg-surface shadow-card"
    >
      <h3>
        <button
          type="button"
          id={finding.id}
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={onToggle}
          className="flex min-h-10 w-full cursor-pointer items-center gap-2.5 rounded-card px-3.5 py-2 text-left"
        >
          <FindingIcon finding={finding} />
          <span className="min-w-0 break-words font-semibold text-14">
            {visibleText(causeSentence(cause, about?.seq, deciding !== null))}
          </span>
          <span className="max-sm:hidden">
            <CodeTag code={finding.code} />
          </span>
          <span className="ml-auto flex shrink-0 items-center gap-3 text-13 text-muted">
            <Who finding={finding} detail={detail} />
            <Chevron aria-hidden="true" size={16} />
          </span>
        </button>
      </h3>
      {isOpen ? (
        <section id={panel} aria-labelledby={finding.id}>
          <div className="flex flex-col gap-3 px-3.5 pb-3.5 sm:pl-10">
            <FindingPlace
              place={
                deciding === null || detail === null
                  ? finding.place
                  : { ...finding.place, pointer: `${detail.place.pointer}${deciding.pointer}` }
              }
              finding={finding}
              action={<ShowLine finding={finding} row={about?.row ?? null} />}
            />
            {repair === null ? null : <FindingRepair repair={repair} />}
            <FindingValues finding={finding} />
            {witness === undefined ? null : <FindingValues finding={witness} />}
            {deciding === null ? (
              <p className="text-13 text-muted">{FINDINGS[finding.code].meaning}</p>
            ) : null}
            {read.kind === "failed" ? (
              <p className="text-13 text-muted">It could not be read again: {read.message}</p>
            ) : null}
          </div>
          {finding.severity === "error" ? (
            <Consequences
              cause={cause}
              verdict={verdict}
              deciding={deciding}
              batch={repair === null ? null : (detail?.proof ?? null)}
            />
          ) : null}
        </section>
      ) : null}
    </article>
  );
}

/** Who called what and when, once the receipt was read; its id before that. */
function Who({
  finding,
  detail,
}: {
  readonly finding: Finding;
  readonly detail: ReceiptDetail | null;
}) {
  if (finding.subject.kind !== "receipt") return null;
  if (detail === null || detail.row.tool === "") {
    return (
      <span className="max-w-52 truncate font-mono text-12 max-lg:hidden">
        {visibleText(shortId(finding.subject.id))}
      </span>
    );
  }
  const { tool, agent, timestamp } = detail.row;
  return (
    <span className="max-w-[44ch] truncate max-lg:hidden">
      <bdi className="font-mono text-12">{visibleText(tool)}</bdi>
      {agent === "" ? "" : ` by ${visibleText(agent)}`}
      {timestamp === null ? "" : `, ${formatTime(timestamp)} UTC`}
    </span>
  );
}

function ShowLine({ finding, row }: { readonly finding: Finding; readonly row: number | null }) {
  if (row === null && finding.subject.kind !== "receipt") return null;
  if (finding.code.startsWith("LNK") && row !== null) {
    return (
      <span className="no-print flex shrink-0 gap-3 self-start">
        <PlaceLink href={chainAddress(rowKey(row))} words="Show chain" />
        <PlaceLink href={receiptsAddress({}, row, "raw")} words="Show line" />
      </span>
    );
  }
  const href =
    row === null ? receiptsAddress({ text: finding.subject.id }) : receiptsAddress({}, row, "raw");
  return <PlaceLink href={href} words="Show line" />;
}

function PlaceLink({ href, words }: { readonly href: string; readonly words: string }) {
  return (
    <Link
      href={href}
      className="no-print inline-flex min-h-6 shrink-0 items-center self-start font-medium text-accent underline underline-offset-2"
    >
      {words}
    </Link>
  );
}

/** Signature and hash findings are about what the record says; only those can be about one value. */
function isOfContent({ code }: Finding): boolean {
  return code.startsWith("SIG") || code.startsWith("HSH");
}

/** Shape before colour: octagon for what does not fit, posts for what is absent, a question for can't tell. */
function FindingIcon({ finding }: { readonly finding: Finding }) {
  const { group } = FINDINGS[finding.code];
  if (group === "absent") {
    return finding.severity === "error" ? (
      <span className="inline-flex shrink-0 text-fails">
        <AbsentIcon size={18} />
      </span>
    ) : (
      <span className="inline-flex shrink-0 text-unchecked">
        <UnknownIcon size={18} />
      </span>
    );
  }
  if (finding.severity === "error") return <StatusIcon status="does-not-verify" size={18} />;
  return finding.severity === "warning" ? (
    <CircleAlert aria-hidden="true" size={16} className="shrink-0 text-unchecked" />
  ) : (
    <Info aria-hidden="true" size={16} className="shrink-0 text-unchecked" />
  );
}
