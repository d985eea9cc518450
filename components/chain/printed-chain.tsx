"use client";

import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { RootCause } from "@/lib/chain/answers.ts";
import { stepWords } from "@/lib/display/chain-words.ts";
import { DECISION_WORDS, STATUS_WORDS } from "@/lib/display/status.ts";
import { clip } from "@/lib/graph/item-words.ts";
import { pathIndents } from "./panel/path-indents.ts";
import type { PictureControls } from "./picture/chain-picture.tsx";

interface PrintedChainProps {
  readonly picture: RefObject<PictureControls | null>;
  readonly causes: RootCause | null;
}

/** What paper shows instead of the picture on its canvas: the same picture as lines, and the path in words. */
export function PrintedChain({ picture, causes }: PrintedChainProps): ReactNode {
  const [drawing, setDrawing] = useState("");
  useEffect(() => {
    const prepare = (): void => {
      const text = picture.current?.svg() ?? "";
      // The browser prints what stands in the document when this listener returns.
      flushSync(() =>
        setDrawing(text === "" ? "" : `data:image/svg+xml,${encodeURIComponent(text)}`),
      );
    };
    const clear = (): void => setDrawing("");
    window.addEventListener("beforeprint", prepare);
    window.addEventListener("afterprint", clear);
    return () => {
      window.removeEventListener("beforeprint", prepare);
      window.removeEventListener("afterprint", clear);
    };
  }, [picture]);
  const lines = causes?.lines ?? [];
  const indents = pathIndents(lines);
  return (
    <div className="hidden p-4 print:block">
      {drawing !== "" && (
        // biome-ignore lint/performance/noImgElement: the picture is made in this page, nothing is fetched.
        <img src={drawing} alt="The chain" className="w-full" />
      )}
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
