"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names.ts";
import { CUT_WORDS } from "@/lib/display/chain-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { CUTS, type Cut, type ViewCounts } from "@/lib/graph/model.ts";

interface CutPillsProps {
  readonly counts: ViewCounts;
  readonly cut: Cut | null;
  readonly onCut: (cut: Cut | null) => void;
}

/** What can be asked of the chain: only what matches, and what joins it to the node that is walked from. */
export function CutPills({ counts, cut, onCut }: CutPillsProps): ReactNode {
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:p-0.5">
      <legend className="sr-only">Only what is</legend>
      {CUTS.map((name) => {
        const chosen = name === cut;
        const count = counts.cuts[name];
        return (
          <button
            key={name}
            type="button"
            aria-pressed={chosen}
            disabled={count === 0 && !chosen}
            onClick={() => onCut(chosen ? null : name)}
            className={classNames(
              "inline-flex h-6 cursor-pointer items-center gap-1.5 whitespace-nowrap rounded-chip border px-2.5 font-medium text-12 transition-colors disabled:cursor-default pointer-coarse:h-11",
              chosen
                ? "border-accent bg-selected text-ink"
                : "border-border bg-surface text-fact enabled:hover:bg-sunken",
            )}
          >
            {CUT_WORDS[name]}
            <span className="font-normal text-muted tabular-nums">{formatCount(count)}</span>
            {chosen && <X aria-hidden size={12} />}
          </button>
        );
      })}
    </fieldset>
  );
}
