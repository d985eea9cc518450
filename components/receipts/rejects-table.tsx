"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { formatCount } from "@/lib/display/numbers.ts";
import type { RejectedRow } from "@/lib/session/model.ts";
import { visibleText } from "./visible-text.ts";

const STEP = 200;

/** Rows that were not understood: kept and listed with place, code and reason, never dropped. */
export function RejectsTable({ rejects }: { readonly rejects: readonly RejectedRow[] }): ReactNode {
  const [shown, setShown] = useState(STEP);
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region has to be reachable by keyboard.
      tabIndex={0}
      aria-label="Not understood"
      className="h-full overflow-auto bg-surface"
    >
      <table className="w-full min-w-[560px] border-collapse text-left text-12">
        <thead className="sticky top-0 bg-bg text-11 text-fact">
          <tr>
            {["code", "file", "line", "byte", "why", "starts with"].map((head) => (
              <th key={head} scope="col" className="h-7 border-hair border-b px-3 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rejects.slice(0, shown).map((row) => (
            <tr
              key={`${row.file} ${row.line} ${row.byteOffset} ${row.code}`}
              className="border-hair border-b align-top"
            >
              <td className="px-3 py-1.5">
                <CodeTag code={row.code} />
              </td>
              <td className="px-3 py-1.5 font-mono [overflow-wrap:anywhere]">
                {visibleText(row.file)}
              </td>
              <td className="px-3 py-1.5 tabular-nums">
                {row.line === null ? "" : formatCount(row.line)}
              </td>
              <td className="px-3 py-1.5 tabular-nums">
                {row.byteOffset === null ? "" : formatCount(row.byteOffset)}
              </td>
              <td className="px-3 py-1.5 text-fact">{visibleText(row.message)}</td>
              <td className="max-w-[320px] px-3 py-1.5 font-mono text-muted [overflow-wrap:anywhere]">
                {visibleText(row.excerpt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rejects.length > shown && (
        <div className="p-3">
          <Button onPress={() => setShown(shown + STEP)}>
            Show more ({formatCount(rejects.length - shown)} left)
          </Button>
        </div>
      )}
    </section>
  );
}
