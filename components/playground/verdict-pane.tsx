"use client";

import { ArrowRight, Ban, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import type { JudgedOutcome, PlaygroundOutcome } from "@/lib/playground/model.ts";
import { Comparison } from "./comparison.tsx";
import { HintCard } from "./hint-card.tsx";
import { ReplayCard } from "./replay-card.tsx";
import { Sentence } from "./sentence.tsx";
import { ServerCard } from "./server-card.tsx";
import { Trace } from "./trace.tsx";
import { useDesk } from "./use-desk.ts";
import { verdictSentence } from "./verdict-words.ts";

/** Right: what the kernel decided, why, and step by step how. */
export function VerdictPane(): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  const stale = useDesk((state) => state.judged !== state.draft);
  const problem = useDesk((state) => state.problem);
  return (
    <section
      aria-label="The kernel’s verdict"
      id="verdict"
      className="flex min-w-0 scroll-mt-3 flex-col lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:max-xl:sticky lg:max-xl:top-3 lg:max-xl:self-start xl:col-start-3 xl:row-span-1"
    >
      <Card className="flex flex-1 flex-col">
        <div aria-busy={stale} className="flex flex-1 flex-col">
          {problem !== null ? (
            <NotEvaluatedHead message={problem} />
          ) : outcome === null ? (
            <p className="p-3.5 text-13 text-muted">The kernel is loading…</p>
          ) : (
            <Body outcome={outcome} />
          )}
        </div>
        <ServerCard />
      </Card>
    </section>
  );
}

function Body({ outcome }: { readonly outcome: PlaygroundOutcome }): ReactNode {
  if (outcome.kind === "unreadable") {
    return (
      <>
        {outcome.problems.slice(0, 1).map(({ message }) => (
          <NotEvaluatedHead key={message} message={message} />
        ))}
        <ul className="px-3.5 pt-3 text-13 text-fact">
          {outcome.problems.slice(1).map(({ input, message }) => (
            <li key={`${input} ${message}`}>{message}</li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <VerdictHead outcome={outcome} />
      <Trace outcome={outcome} />
      <HintCard />
      <ReplayCard />
    </>
  );
}

function VerdictHead({ outcome }: { readonly outcome: JudgedOutcome }): ReactNode {
  const denied = outcome.denial !== null;
  const Icon = denied ? Ban : ArrowRight;
  return (
    <div className="border-hair border-b p-3.5 pt-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          className={classNames(
            "keeps-colour flex size-8 items-center justify-center rounded-chip",
            denied ? "bg-denied-tint text-denied" : "bg-allowed-tint text-allowed",
          )}
        >
          <Icon aria-hidden="true" size={18} strokeWidth={2.2} />
        </span>
        <h2
          className={classNames("font-semibold text-28", denied ? "text-denied" : "text-allowed")}
        >
          {denied ? "Denied" : "Allowed"}
        </h2>
        <span className="ml-auto max-w-[22ch] text-right text-12 text-muted">
          <Comparison outcome={outcome} />
        </span>
      </div>
      <p className="pt-1.5 text-13 text-fact [overflow-wrap:anywhere]">
        <Sentence parts={verdictSentence(outcome)} />
      </p>
    </div>
  );
}

function NotEvaluatedHead({ message }: { readonly message: string }): ReactNode {
  return (
    <div className="border-hair border-b p-3.5 pt-3">
      <div className="flex items-center gap-3">
        <span className="flex size-8 items-center justify-center rounded-chip border border-strong border-dashed text-unchecked">
          <Minus aria-hidden="true" size={18} strokeWidth={2.2} />
        </span>
        <h2 className="font-semibold text-28 text-unchecked">Not evaluated</h2>
      </div>
      <p className="pt-1.5 text-13 text-fact [overflow-wrap:anywhere]">{message}</p>
    </div>
  );
}
