"use client";

import { ArrowDown } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { DecisionPill } from "@/components/seal/marks.tsx";
import { Sentence } from "./sentence.tsx";
import { useDesk } from "./use-desk.ts";
import { verdictSentence } from "./verdict-words.ts";

/** Where the panes stand below each other: the verdict stays in sight, and leads to its trace. */
export function VerdictLink(): ReactNode {
  const outcome = useDesk((state) => state.outcome);
  if (outcome?.kind !== "judged") return null;
  return (
    <div className="sticky top-0 z-10 bg-bg px-3 pb-2 sm:px-[18px] lg:hidden">
      <AriaButton
        onPress={() => document.querySelector("#verdict")?.scrollIntoView()}
        className="flex min-h-9 w-full cursor-pointer items-center gap-2.5 rounded-card border border-border bg-surface px-2.5 py-1 text-left text-12 shadow-card hover:bg-sunken"
      >
        <DecisionPill decision={outcome.denial === null ? "allow" : "deny"} />
        <span className="min-w-0 flex-1 truncate text-fact">
          <Sentence parts={verdictSentence(outcome)} />
        </span>
        <ArrowDown aria-hidden="true" size={14} className="shrink-0 text-muted" />
        <span className="sr-only">See the trace</span>
      </AriaButton>
    </div>
  );
}
