"use client";

import { ChevronDown, ChevronUp, CircleAlert, Info } from "lucide-react";
import Link from "next/link";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { AbsentIcon, StatusIcon, UnknownIcon } from "@/components/seal/status-icon.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { FINDINGS } from "@/kernel/findings.ts";
import { ordinaryCauses } from "@/lib/display/finding-causes.ts";
import type { FindingCause } from "@/lib/display/finding-groups.ts";
import { effectWords, findingSentence, shortId } from "@/lib/display/finding-sentence.ts";
import { plural } from "@/lib/display/numbers.ts";
import { stillHolds } from "@/lib/display/still-holds.ts";
import type { Finding, Verdict } from "@/lib/verification/report.ts";
import { FindingPlace } from "./finding-place.tsx";
import { FindingValues } from "./finding-values.tsx";

interface FindingCardProps {
  readonly cause: FindingCause;
  readonly verdict: Verdict;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** Effects listed by name; the rest is counted. */
const MOST_EFFECTS = 8;

/** One cause: a sentence; opened, its place, both values, its effects, ordinary causes, what still holds. */
export function FindingCard({ cause, verdict, isOpen, onToggle }: FindingCardProps) {
  const { finding } = cause;
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
            {findingSentence(finding.code, finding)}
          </span>
          <span className="max-sm:hidden">
            <CodeTag code={finding.code} />
          </span>
          <span className="ml-auto flex shrink-0 items-center gap-3 text-13 text-muted">
            {finding.subject.kind === "receipt" ? (
              <span className="max-w-52 truncate font-mono text-12 max-lg:hidden">
                {shortId(finding.subject.id)}
              </span>
            ) : null}
            <Chevron aria-hidden="true" size={16} />
          </span>
        </button>
      </h3>
      {isOpen ? (
        <section id={panel} aria-labelledby={finding.id}>
          <div className="flex flex-col gap-3 px-3.5 pb-3.5 sm:pl-10">
            <FindingPlace place={finding.place} finding={finding} />
            <FindingValues finding={finding} />
            {cause.effects
              .filter((effect) => effect.expected !== null && effect.actual !== null)
              .slice(0, 3)
              .map((effect) => (
                <FindingValues key={effect.id} finding={effect} />
              ))}
            <p className="text-13 text-muted">
              {FINDINGS[finding.code].meaning}{" "}
              {finding.subject.kind === "receipt" ? (
                <Link
                  href={receiptsAddress({ text: finding.subject.id })}
                  className="text-accent underline underline-offset-2"
                >
                  Show the receipt
                </Link>
              ) : null}
            </p>
          </div>
          {finding.severity === "error" ? <Consequences cause={cause} verdict={verdict} /> : null}
        </section>
      ) : null}
    </article>
  );
}

function Consequences({
  cause,
  verdict,
}: {
  readonly cause: FindingCause;
  readonly verdict: Verdict;
}) {
  const all = [cause.finding, ...cause.effects];
  const ordinary = ordinaryCauses(cause.finding.code);
  return (
    <div className="grid grid-cols-3 divide-x divide-hair border-hair border-t text-13 max-lg:grid-cols-1 max-lg:divide-x-0 max-lg:divide-y [&>div]:min-w-0 [&>div]:px-3.5 [&>div]:py-3">
      <div className="sm:pl-10!">
        <h4 className="mb-1 font-semibold">
          {cause.effects.length === 0
            ? "No further effect"
            : `${plural(all.length, "effect")} of this one thing`}
        </h4>
        <ul className="flex flex-col gap-1">
          {all.slice(0, MOST_EFFECTS).map((effect) => {
            const words = effectWords(effect);
            return (
              <li key={effect.id} className="flex items-baseline gap-2">
                <CodeTag code={effect.code} />
                <span className="min-w-0 break-words text-muted">
                  <span className="font-medium text-ink">{words.what}</span> {words.of}
                </span>
              </li>
            );
          })}
        </ul>
        {all.length > MOST_EFFECTS ? (
          <p className="mt-1 text-muted">
            and {plural(all.length - MOST_EFFECTS, "more", "more")}, in the report
          </p>
        ) : null}
      </div>
      <div>
        <h4 className="mb-1 font-semibold">Ordinary causes to rule out first</h4>
        <ol className="list-decimal space-y-0.5 pl-4.5 text-fact">
          {ordinary.causes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
        <p className="mt-1 text-muted">{ordinary.settles}</p>
      </div>
      <div>
        <h4 className="mb-1 font-semibold">What still holds</h4>
        <ul className="space-y-0.5 text-fact">
          {stillHolds(verdict).map((line) => (
            <li key={line.of}>
              <strong className="font-semibold text-ink">{line.number}</strong> {line.of}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
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
