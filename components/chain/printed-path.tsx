"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { RootCause } from "@/lib/chain/answers.ts";
import { stepWords } from "@/lib/display/chain-words.ts";
import { DECISION_WORDS, STATUS_WORDS } from "@/lib/display/status.ts";
import { clip } from "@/lib/graph/item-words.ts";
import { pathIndents } from "./panel/path-indents.ts";

/** What paper shows below the picture: the selected step's path to the root cause, in words. */
export function PrintedPath({ causes }: { readonly causes: RootCause | null }): ReactNode {
  const lines = causes?.lines ?? [];
  const indents = pathIndents(lines);
  return (
    <div className="hidden p-4 print:block">
      {lines.length > 1 && (
        <>
          <p className="pt-4 font-semibold text-14">Path to the root cause</p>
          <ol className="text-12">
            {lines.map((line, at) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: a path is its order; lines never move.
                key={at}
                style={{ paddingLeft: Math.min(indents[at] ?? 0, 8) * 14 }}
              >
                {printedLine(line)}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}

function printedLine({ facts, repeated }: RootCause["lines"][number]): string {
  const { name, kind } = stepWords(facts);
  const words = [
    `${clip(name, 120)} ${kind}`,
    ...(facts.row === null
      ? []
      : [DECISION_WORDS[facts.decision], STATUS_WORDS[facts.integrity], facts.service, facts.id]),
    ...(repeated ? ["already shown"] : []),
  ];
  return visibleText(
    words
      .filter((word) => word !== "")
      .map((word) => clip(word, 200))
      .join(", "),
  );
}
