"use client";

import { useQuery } from "@tanstack/react-query";
import { Waypoints, X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { chainAddress, rowKey } from "@/components/chain/page-fragment.ts";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { PHONE, useMedia } from "@/components/receipts/use-media.ts";
import { Button } from "@/components/ui/button.tsx";
import { evidenceWords, lengthWords, percentWords } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type { DenialFilter, PatternDetail, PatternRow } from "@/lib/queries/denial-model.ts";
import { patternFilter } from "@/lib/queries/denial-questions.ts";
import { patternDetail, patternReadings } from "@/lib/queries/denials.ts";
import { useSession } from "@/lib/queries/session.ts";
import { LogText } from "../log-text.tsx";
import { patternTitle, patternWords } from "../pattern-key.ts";
import type { OnValue } from "../value-button.tsx";
import { ExampleList } from "./example-list.tsx";
import { FactTiles, type Tile } from "./fact-tiles.tsx";
import { PanelActions } from "./panel-actions.tsx";
import { PrevalenceTable } from "./prevalence-table.tsx";
import { TwoReadingsCard } from "./two-readings.tsx";

export interface PatternPanelProps {
  readonly revision: number;
  readonly filter: DenialFilter;
  readonly pattern: PatternRow;
  readonly isOneDay: boolean;
  readonly onClose: () => void;
  readonly onList: () => void;
  readonly onLetter: (record: number) => void;
  readonly onValue: OnValue;
}

/** One pattern: who asked for what, in numbers, two ways to read it, and where it began and ended. */
export function PatternPanel(props: PatternPanelProps): ReactNode {
  const { revision, filter, pattern, isOneDay } = props;
  const detail = useQuery(patternDetail(revision, filter, pattern.key));
  const readings = useQuery(patternReadings(revision, filter, pattern.key));
  const subject = { first: readings.data?.first ?? pattern.first, agents: pattern.agents };
  const problem = [detail, readings].find(({ isError }) => isError);
  const shell = useRef<HTMLElement | null>(null);
  const phone = useMedia(PHONE);
  const isPinned = useSession(({ trust }) => trust.pinned.length > 0);
  // On a phone the panel is a page of its own: the focus goes there, as it would to a new page.
  useEffect(() => {
    if (phone) shell.current?.focus();
  }, [phone]);
  return (
    <aside
      ref={shell}
      tabIndex={-1}
      aria-label="Pattern"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) props.onClose();
      }}
      className="flex h-full flex-col gap-3.5 overflow-y-auto bg-surface px-[18px] py-3.5 outline-none"
    >
      <PanelHead pattern={pattern} detail={detail.data ?? null} onClose={props.onClose} />
      <FactTiles tiles={tilesOf(pattern, detail.data ?? null, isOneDay, isPinned)} />
      {problem !== undefined && (
        <QueryProblem
          title="This pattern could not be asked for."
          error={problem.error}
          onRetry={() => void problem.refetch()}
        />
      )}
      <section aria-label="Misconfiguration or attack?" className="flex flex-col gap-2">
        <h3 className="font-semibold text-13">
          Misconfiguration or attack?{" "}
          <span className="pl-1 font-normal text-12 text-muted">
            Both readings. This page does not choose.
          </span>
        </h3>
        {readings.data === undefined ? (
          <p role="status" className="text-12 text-muted">
            Counting what speaks for each…
          </p>
        ) : (
          <TwoReadingsCard readings={readings.data} subject={subject} />
        )}
        <PanelActions
          pattern={pattern}
          title={patternTitle(pattern)}
          filter={patternFilter(filter, pattern.key)}
          examples={detail.data?.examples ?? []}
          readings={readings.data ?? null}
          subject={subject}
          onList={props.onList}
        />
      </section>
      {detail.data !== undefined && (
        <>
          <section aria-label="First and last">
            <h3 className="flex items-baseline pb-1.5 font-semibold text-13">
              First and last
              <ChainLink examples={detail.data.examples} />
            </h3>
            <ExampleList
              examples={detail.data.examples}
              isOneDay={isOneDay}
              onLetter={props.onLetter}
            />
          </section>
          <section aria-label="Chain position">
            <h3 className="pb-1 font-semibold text-13">Chain position</h3>
            <p className="text-12 text-fact">{chainSentence(detail.data.chain)}</p>
          </section>
          <section aria-label="Prevalence">
            <h3 className="pb-1 font-semibold text-13">
              Prevalence{" "}
              <span className="pl-1 font-normal text-12 text-muted">
                of each value, here and in all other receipts
              </span>
            </h3>
            <PrevalenceTable detail={detail.data} onValue={props.onValue} />
          </section>
        </>
      )}
    </aside>
  );
}

interface PanelHeadProps {
  readonly pattern: PatternRow;
  readonly detail: PatternDetail | null;
  readonly onClose: () => void;
}

function PanelHead({ pattern, detail, onClose }: PanelHeadProps): ReactNode {
  const { agent, otherAgents, target, guard, reason } = patternWords(pattern);
  return (
    <div className="relative pr-5">
      <div className="min-w-0">
        <h2 className="font-semibold text-14 [overflow-wrap:anywhere]">
          <LogText text={agent} mono none="(no agent)" className="font-medium text-13" />
          {otherAgents > 0 && ` and ${formatCount(otherAgents)} more`} asked for{" "}
          <LogText text={target} mono none="(no tool)" className="font-medium text-13" />
        </h2>
        <p className="pt-0.5 text-13 text-fact [overflow-wrap:anywhere]">
          <LogText text={guard} none="(no guard)" />
          {reason !== null && ": "}
          {reason !== null && <LogText text={reason} none="no reason given" />}.
          {detail !== null && ` ${beforeSentence(detail)}`}
        </p>
      </div>
      <Button
        variant="icon"
        aria-label="Close pattern"
        className="absolute -top-1 -right-2.5"
        onPress={onClose}
      >
        <X aria-hidden size={16} />
      </Button>
    </div>
  );
}

/** To the chain of the first example that is a receipt. */
function ChainLink({ examples }: Pick<PatternDetail, "examples">): ReactNode {
  const row = examples.find((each) => each.row !== null)?.row ?? null;
  if (row === null) return null;
  return (
    <Link
      href={chainAddress(rowKey(row))}
      className="ml-auto inline-flex min-h-6 items-center gap-1 font-medium text-12 text-accent underline-offset-2 hover:underline"
    >
      <Waypoints aria-hidden size={13} />
      Chain of the first
    </Link>
  );
}

/** How many of the denials follow from something, and whether anything followed from them. */
function chainSentence({ denials, caused, missing, followed }: PatternDetail["chain"]): string {
  if (denials === 0) return "Claims stand in no chain.";
  const all = formatCount(denials);
  const parts = [
    caused === 0
      ? "None follows from a loaded receipt."
      : `${formatCount(caused)} of ${all} follow from a loaded receipt.`,
    ...(missing === 0 ? [] : [`${formatCount(missing)} name a cause that is not loaded.`]),
    followed === 0
      ? "Nothing followed from them."
      : `Something followed from ${formatCount(followed)}.`,
  ];
  return parts.join(" ");
}

/** Whether who asks had asked for this before. */
function beforeSentence({ prevalence, totals }: PatternDetail): string {
  const asked = prevalence.find(({ field }) => field === "scope");
  if (asked === undefined) return "";
  const who = totals.agents === 1 ? "this agent" : "these agents";
  if (asked.beforeByAgents === 0) return `Never asked before by ${who}.`;
  return asked.beforeByAgents === 1
    ? `Asked once before by ${who}.`
    : `Asked ${formatCount(asked.beforeByAgents)} times before by ${who}.`;
}

function tilesOf(
  pattern: PatternRow,
  detail: PatternDetail | null,
  isOneDay: boolean,
  isPinned: boolean,
): readonly Tile[] {
  const { first, last } = pattern;
  const keys = detail?.distinct.key ?? null;
  const from = first === null ? "" : isOneDay ? formatTime(first) : formatDateTime(first);
  return [
    { value: formatCount(pattern.denials), label: pattern.denials === 1 ? "denial" : "denials" },
    keys === null || keys > 0
      ? {
          value: keys === null ? "…" : formatCount(keys),
          label: keys === 1 ? "message key" : "message keys",
        }
      : { value: formatCount(pattern.agents), label: pattern.agents === 1 ? "agent" : "agents" },
    {
      value: first === null || last === null ? "no time" : lengthWords(last - first),
      label: from === "" ? "from first to last" : `from ${from}`,
    },
    detail === null
      ? { value: percentWords(pattern.verified, pattern.denials), label: "verified" }
      : signedTile(detail, isPinned),
  ];
}

function signedTile({ totals }: PatternDetail, isPinned: boolean): Tile {
  const { share, words } = evidenceWords(totals, isPinned);
  return { value: share, label: words };
}
