import { Fragment, type ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { SentencePart } from "./verdict-words.ts";

/** A sentence whose quoted parts, which come out of texts, stand in mono and cannot hide anything. */
export function Sentence({ parts }: { readonly parts: readonly SentencePart[] }): ReactNode {
  return parts.map((part, place) =>
    typeof part === "string" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence.
      <Fragment key={place}>{visibleText(part)}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence.
      <bdi key={place} className="font-mono [overflow-wrap:anywhere]">
        {visibleText(part.code)}
      </bdi>
    ),
  );
}
