"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import { prettyText } from "@/lib/display/pretty-text.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { visibleText } from "../visible-text.ts";

/** More characters than this are not put on the page at once; copying always takes all of them. */
const SHOWN = 60_000;

/** The record as it stands in the file, and where. */
export function RawTab({ detail }: { readonly detail: ReceiptDetail }): ReactNode {
  const [pretty, setPretty] = useState(false);
  const { place, rawText } = detail;
  const cut = rawText.length > SHOWN;
  const text = cut ? rawText.slice(0, SHOWN) : rawText;
  const laidOut = pretty ? prettyText(text) : text;
  const shown = lines(laidOut);
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-12">
        <dt className="text-muted">File</dt>
        <dd className="font-mono [overflow-wrap:anywhere]">{visibleText(place.file)}</dd>
        <dt className="text-muted">Place</dt>
        <dd className="font-mono">{placeWords(place)}</dd>
        <dt className="text-muted">Length</dt>
        <dd className="font-mono">{formatCount(place.length)} bytes</dd>
      </dl>
      <div className="flex items-center gap-2">
        <Button variant="secondary" aria-pressed={pretty} onPress={() => setPretty(!pretty)}>
          {pretty ? "As in the file" : "Over lines"}
        </Button>
        <span className="min-w-0 flex-1 text-12 text-muted">
          {pretty
            ? "White space is ours; every token is the file’s."
            : "The characters as they stand in the file."}
        </span>
        <CopyButton text={rawText} label="Copy the record" />
      </div>
      <pre
        dir="ltr"
        className="whitespace-pre-wrap rounded-card bg-sunken p-3 font-mono text-12 text-ink leading-[18px] [overflow-wrap:anywhere]"
      >
        {shown}
      </pre>
      {shown.length !== laidOut.length && (
        <p className="text-12 text-muted">
          Characters that would not be seen stand as ‹their code›.
        </p>
      )}
      {cut && (
        <p className="text-12 text-muted">
          The first {formatCount(SHOWN)} of {formatCount(rawText.length)} characters. Copy takes
          all.
        </p>
      )}
    </div>
  );
}

function placeWords(place: ReceiptDetail["place"]): string {
  const parts = [
    place.line === null ? null : `line ${formatCount(place.line)}`,
    place.byteOffset === null ? null : `byte ${formatCount(place.byteOffset)}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "the whole file" : parts.join(", ");
}

/** Line ends and tabs stay what they are; other hidden characters are made visible. */
function lines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.split("\t").map(visibleText).join("\t"))
    .join("\n");
}
