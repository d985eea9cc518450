"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { buttonStyle } from "@/components/ui/button-style.ts";
import type { MaskName } from "@/lib/denials/mask.ts";
import {
  DEFAULT_PARTS,
  type DenialFilter,
  PATTERN_PARTS,
  type PatternPart,
  type PatternRow,
} from "@/lib/queries/denial-model.ts";
import { patternDetail } from "@/lib/queries/denials.ts";
import { MaskChoice } from "./mask-choice.tsx";
import { MaskExample } from "./mask-example.tsx";
import type { MaskState } from "./use-masks.ts";

const PART_WORDS: Readonly<Record<PatternPart, string>> = {
  guard: "Guard that denied",
  tool: "Tool that was asked for",
  scope: "Scope that was asked for",
  agent: "Agent that asked",
  reason: "Reason, with its particulars masked",
};

interface AdjustPatternsProps {
  readonly parts: readonly PatternPart[];
  readonly onParts: (parts: readonly PatternPart[]) => void;
  readonly masks: readonly MaskName[];
  readonly masked: MaskState;
  readonly onMasks: (masks: readonly MaskName[]) => void;
  readonly revision: number;
  readonly filter: DenialFilter;
  /** The pattern of which an example is shown: the selected one, or the most frequent. */
  readonly pattern: PatternRow | null;
}

/** What makes two denials the same pattern, and what is masked in a reason, shown on an example. */
export function AdjustPatterns(props: AdjustPatternsProps): ReactNode {
  const { parts, onParts, pattern } = props;
  const [open, setOpen] = useState(false);
  const toggle = (part: PatternPart) => {
    const next = PATTERN_PARTS.filter((each) => parts.includes(each) !== (each === part));
    if (next.length > 0) onParts(next);
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className={buttonStyle("quiet")}>
        <SlidersHorizontal aria-hidden size={14} />
        Adjust
      </AriaButton>
      <Popover
        placement="bottom end"
        className="w-[min(400px,calc(100vw-24px))] overflow-auto rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="What makes a pattern" className="flex flex-col gap-3 outline-none">
          <fieldset className="m-0 border-0 p-0">
            <legend className="pb-1 font-semibold text-13">One pattern has the same</legend>
            {PATTERN_PARTS.map((part) => (
              <label
                key={part}
                className="flex min-h-7 items-center gap-2 text-13 pointer-coarse:min-h-11"
              >
                <input
                  type="checkbox"
                  checked={parts.includes(part)}
                  disabled={parts.length === 1 && parts.includes(part)}
                  onChange={() => toggle(part)}
                  className="size-4 accent-ink"
                />
                {PART_WORDS[part]}
              </label>
            ))}
          </fieldset>
          {parts.join() !== DEFAULT_PARTS.join() && (
            <button
              type="button"
              onClick={() => onParts(DEFAULT_PARTS)}
              className="min-h-6 cursor-pointer self-start text-13 text-accent underline-offset-2 hover:underline"
            >
              As it was: guard, tool and reason
            </button>
          )}
          <MaskChoice {...props} />
          {pattern !== null && <Example {...props} pattern={pattern} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Example({
  revision,
  filter,
  pattern,
  masks,
}: AdjustPatternsProps & { readonly pattern: PatternRow }): ReactNode {
  const detail = useQuery(patternDetail(revision, filter, pattern.key));
  const reason = detail.data?.examples[0]?.reason ?? "";
  return reason === "" ? null : <MaskExample reason={reason} masks={masks} />;
}
