"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Card, CardTitle } from "@/components/ui/card.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { RejectedRow } from "@/lib/session/model.ts";
import type { Verdict } from "@/lib/verification/report.ts";

/** Rows drawn here; the rest is listed on Receipts. */
const SHOWN = 20;

interface RejectsCardProps {
  readonly rejects: readonly RejectedRow[];
  readonly verdict: Verdict | null;
}

/** Rows that were not understood: kept, counted, listed, never dropped. */
export function RejectsCard({ rejects, verdict }: RejectsCardProps) {
  const [copied, setCopied] = useState(false);
  const total = Math.max(rejects.length, verdict?.report.counts.rejected ?? 0);
  return (
    <Card className="p-3.5">
      <CardTitle
        title="Not understood"
        note={`${plural(total, "row")}. They are set aside, counted, and listed in the report.`}
        aside={
          <Button
            variant="link"
            onPress={() => {
              navigator.clipboard?.writeText(asText(rejects)).then(
                () => setCopied(true),
                () => setCopied(false),
              );
            }}
          >
            {copied ? "Copied" : "Copy as text"}
          </Button>
        }
      />
      <section
        aria-label="Rows not understood"
        className="overflow-x-auto"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        <table className="mt-1 w-full text-13">
          <thead>
            <tr className="text-left text-12 text-muted">
              <th scope="col" className="py-1 pr-4 font-medium">
                Line
              </th>
              <th scope="col" className="py-1 pr-4 font-medium">
                Code
              </th>
              <th scope="col" className="py-1 pr-4 font-medium">
                What happened
              </th>
              <th scope="col" className="w-1/2 py-1 font-medium">
                The line
              </th>
            </tr>
          </thead>
          <tbody>
            {rejects.slice(0, SHOWN).map((row) => (
              <tr
                key={`${row.file} ${row.line} ${row.byteOffset} ${row.code}`}
                className="border-hair border-t align-middle"
              >
                <td className="py-1.5 pr-4 font-semibold tabular-nums">
                  {row.line === null ? "–" : formatCount(row.line)}
                </td>
                <td className="py-1.5 pr-4">
                  <CodeTag code={row.code} />
                </td>
                <td className="min-w-48 py-1.5 pr-4">
                  {row.message}
                  <span className="block break-all text-12 text-muted">
                    {row.file}
                    {row.byteOffset === null ? "" : `, byte ${formatCount(row.byteOffset)}`}
                  </span>
                </td>
                <td className="max-w-0 min-w-48 py-1.5">
                  <code className="block truncate rounded-control bg-sunken px-2 py-1 font-mono text-12 text-fact">
                    {row.excerpt}
                  </code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {total > SHOWN ? (
        <p className="mt-2 text-13 text-muted">
          {SHOWN} of {formatCount(total)} shown.{" "}
          <Link
            href="/receipts#list=not-understood"
            className="text-accent underline underline-offset-2"
          >
            See them on Receipts
          </Link>
        </p>
      ) : null}
    </Card>
  );
}

function asText(rejects: readonly RejectedRow[]): string {
  return rejects
    .map((row) =>
      [row.file, row.line ?? "", row.byteOffset ?? "", row.code, row.message, row.excerpt].join(
        "\t",
      ),
    )
    .join("\n");
}
