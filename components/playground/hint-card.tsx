"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { joinWords, plural } from "@/lib/display/numbers.ts";
import { applyChanges } from "@/lib/playground/apply-changes.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { layOutElement } from "@/lib/playground/json-layout.ts";
import type { Change, Hint } from "@/lib/playground/model.ts";
import { useDesk } from "./use-desk.ts";

/** What would have allowed the call, as a difference that can be made with one press. */
export function HintCard(): ReactNode {
  const state = useDesk((desk) => desk.hint);
  switch (state.kind) {
    case "none":
      return null;
    case "searching":
      return <Note>Looking for the smallest change that would have allowed it…</Note>;
    case "not-found":
      return <Note>No change was found that would have allowed it.</Note>;
    case "found":
      return <Found hint={state.hint} />;
  }
}

function Note({ children }: { readonly children: string }): ReactNode {
  return <p className="px-3.5 pb-3.5 text-12 text-muted">{children}</p>;
}

function Found({ hint }: { readonly hint: Hint }): ReactNode {
  const draft = useDesk((state) => state.draft);
  const isPossible = applyChanges(draft, hint.changes) !== null;
  const targets = [...new Set(hint.changes.map(({ target }) => target))];
  return (
    <section aria-label="What would have allowed it" className="px-3.5 pb-3.5">
      <div className="overflow-hidden rounded-card border border-border">
        <div className="px-3 pt-2.5 pb-2">
          <h3 className="font-semibold text-13">
            It would be allowed {joinWords(hint.changes.map(({ about }) => phraseOf(about)))}.
          </h3>
          <p className="text-12 text-muted">
            The smallest change found, in {plural(hint.evaluations, "evaluation")}.
          </p>
        </div>
        {hint.changes.map((change) => (
          <ChangeLines key={`${change.target} ${change.pointer}`} change={change} />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2 pt-2.5">
        {isPossible ? (
          <Button onPress={() => currentDesk().applyHint()}>
            Apply to {joinWords(targets.map((target) => TARGETS[target]))}
          </Button>
        ) : null}
        <span className="ml-auto text-12 text-muted">A way, not a recommendation.</span>
      </div>
    </section>
  );
}

const TARGETS: Readonly<Record<Change["target"], string>> = {
  capability: "capability",
  policy: "policy",
  request: "request",
  budget: "budget",
};

function ChangeLines({ change }: { readonly change: Change }): ReactNode {
  // A member that was not there before, or was null, is nothing to be left out.
  const removed = change.before === null ? [] : linesOf(change.before);
  const added = change.kind === "remove" ? [] : linesOf(change.after);
  return (
    <div className="border-hair border-t">
      <p className="px-3 py-1 text-11 text-muted">
        {TARGETS[change.target]}{" "}
        <bdi className="font-mono [overflow-wrap:anywhere]">{visibleText(change.pointer)}</bdi>
      </p>
      <Lines sign="−" says="left out" lines={removed} ground="bg-unchecked-tint" />
      <Lines sign="+" says="added" lines={added} ground="bg-allowed-tint" />
    </div>
  );
}

interface LinesProps {
  readonly sign: string;
  readonly says: string;
  readonly lines: readonly string[];
  readonly ground: string;
}

function Lines({ sign, says, lines, ground }: LinesProps): ReactNode {
  if (lines.length === 0) return null;
  return (
    <pre
      className={classNames(
        "keeps-colour overflow-x-auto px-3 py-1 font-mono text-12 leading-[18.5px]",
        ground,
      )}
    >
      <span className="sr-only">{says}: </span>
      {lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
        <span key={place} className="block">
          <span aria-hidden="true" className="mr-2 select-none text-muted">
            {sign}
          </span>
          {visibleText(line)}
        </span>
      ))}
    </pre>
  );
}

function linesOf(value: Change["after"]): readonly string[] {
  return layOutElement(value, 52).split("\n");
}

/** A change reads as what the call would be allowed with, or without. */
function phraseOf(about: string): string {
  const text = visibleText(about);
  return text.startsWith("without ") ? text : `with ${text}`;
}
