"use client";

import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { explainMask, type Masked } from "@/lib/denials/mask.ts";
import {
  DEFAULT_PARTS,
  type DenialFilter,
  PATTERN_PARTS,
  type PatternPart,
  type PatternRow,
} from "@/lib/queries/denial-model.ts";
import { patternDetail } from "@/lib/queries/denials.ts";
import { logWords } from "./log-words.ts";

const PART_WORDS: Readonly<Record<PatternPart, string>> = {
  guard: "Guard that denied",
  tool: "Tool that was asked for",
  scope: "Scope that was asked for",
  agent: "Agent that asked",
  reason: "Reason, with its particulars masked",
};

const MASK_WORDS: Readonly<Record<Masked["mask"], string>> = {
  id: "an id",
  path: "a path",
  number: "a number",
  host: "a host",
  address: "an address",
  time: "a time",
  long: "a very long word",
};

interface AdjustPatternsProps {
  readonly parts: readonly PatternPart[];
  readonly onParts: (parts: readonly PatternPart[]) => void;
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
}: AdjustPatternsProps & { readonly pattern: PatternRow }): ReactNode {
  const detail = useQuery(patternDetail(revision, filter, pattern.key));
  const reason = detail.data?.examples[0]?.reason ?? "";
  return reason === "" ? null : <MaskExample reason={reason} />;
}

/** What is read of a reason for the example. */
const READ = 400;

function MaskExample({ reason }: { readonly reason: string }): ReactNode {
  const text = reason.slice(0, READ);
  const masked = explainMask(text);
  return (
    <section aria-label="What is masked" className="border-hair border-t pt-3">
      <h3 className="pb-1 font-semibold text-13">What is masked</h3>
      <p className="rounded-card bg-sunken p-2.5 font-mono text-12 leading-[18px] [overflow-wrap:anywhere]">
        <bdi>
          {pieces(text, masked).map(({ at, words, mask }) =>
            mask === null ? (
              <span key={at}>{words}</span>
            ) : (
              <mark
                key={at}
                title={`Masked: ${MASK_WORDS[mask]}`}
                className="rounded-[2px] bg-selected text-ink underline decoration-dashed underline-offset-2"
              >
                {words}
              </mark>
            ),
          )}
        </bdi>
      </p>
      <p className="pt-1.5 text-12 text-muted">
        {masked.length === 0
          ? "Nothing: this reason has no ids, paths, numbers, hosts or times."
          : `Left out of the pattern: ${[...new Set(masked.map(({ mask }) => MASK_WORDS[mask]))].join(", ")}. The same rules hold for every reason.`}
      </p>
    </section>
  );
}

interface Piece {
  readonly at: number;
  readonly words: string;
  readonly mask: Masked["mask"] | null;
}

function pieces(text: string, masked: readonly Masked[]): readonly Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const { from, to, mask } of masked) {
    if (from > at) out.push({ at, words: logWords(text.slice(at, from)), mask: null });
    out.push({ at: from, words: logWords(text.slice(from, to)), mask });
    at = to;
  }
  if (at < text.length) out.push({ at, words: logWords(text.slice(at)), mask: null });
  return out;
}
