"use client";

import Link from "next/link";
import { AnswerIcon } from "@/components/seal/answer-icon.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { Button } from "@/components/ui/button.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { headlineQualifier } from "@/lib/display/headline.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { overallPercent, progressStatement } from "@/lib/display/progress-words.ts";
import { ANSWER_WORDS, HEADLINE_WORDS, QUESTIONS } from "@/lib/display/status.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { saveReport } from "./save-report.ts";

const INKS: Readonly<Record<Verdict["report"]["headline"], string>> = {
  verified: "text-verified",
  "self-consistent": "text-verified",
  "does-not-verify": "text-fails",
  "not-checked": "text-unchecked",
};

/** The verdict in one line of 44 px, above pages that are about something else. */
export function CompactVerdictBar() {
  const verdict = useSession((state) => state.verdict);
  const isRunning = useSession(({ phase }) => phase === "running");
  if (isRunning) {
    return (
      <Bar>
        <StatusIcon status={null} size={20} />
        <span className="font-semibold text-14">Checking</span>
        <span className="truncate text-13 text-fact tabular-nums">
          <Statement />
        </span>
        <span className="ml-auto text-13 text-muted max-md:hidden">
          No verdict until every stage is done.
        </span>
      </Bar>
    );
  }
  if (verdict === null) return null;
  const { headline, questions, counts } = verdict.report;
  const facts = [
    headlineQualifier(verdict),
    ...(headline !== "verified" && verdict.pinnedKeys > 0
      ? [plural(verdict.pinnedKeys, "pinned key")]
      : []),
    plural(counts.receipts, "receipt"),
  ];
  return (
    <Bar>
      <StatusIcon status={headline} size={20} />
      <span className={classNames("whitespace-nowrap font-semibold text-14", INKS[headline])}>
        {HEADLINE_WORDS[headline]}
      </span>
      <span className="min-w-0 truncate text-13 text-fact">{facts.join("  ·  ")}</span>
      <span className="ml-auto flex shrink-0 items-center gap-4 text-13 max-lg:hidden">
        {QUESTIONS.map(({ name, title }) => {
          const { answer, numerator, denominator } = questions[name];
          return (
            <span key={name} className="flex items-center gap-1.5">
              <AnswerIcon question={name} answer={answer} size={15} />
              {title}
              <span className="sr-only">: {ANSWER_WORDS[answer]}</span>
              {answer === "no" && name !== "complete" && denominator > 0 ? (
                <span className="text-muted tabular-nums">
                  {formatCount(numerator)} / {formatCount(denominator)}
                </span>
              ) : null}
            </span>
          );
        })}
      </span>
      <span className="ml-3 flex shrink-0 items-center gap-3 border-hair border-l pl-3 max-lg:ml-auto">
        <Link
          href="/verify"
          className="font-medium text-13 text-accent underline-offset-2 hover:underline"
        >
          Explain
        </Link>
        <span className="max-sm:hidden">
          <Button variant="link" onPress={() => saveReport(verdict.report)}>
            Report
          </Button>
        </span>
      </span>
    </Bar>
  );
}

function Statement() {
  return useSession(({ progress }) =>
    progress === null
      ? "the files"
      : `${progressStatement(progress)} · ${overallPercent(progress)}%`,
  );
}

function Bar({ children }: { readonly children: React.ReactNode }) {
  return (
    <section
      aria-label="Verdict"
      className="flex h-11 shrink-0 items-center gap-2.5 overflow-hidden border-border border-b bg-surface px-[18px] max-sm:px-4"
    >
      {children}
    </section>
  );
}
