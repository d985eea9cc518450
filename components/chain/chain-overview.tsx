"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { Card, CardTitle } from "@/components/ui/card.tsx";
import type { ChainOverview } from "@/lib/chain/answers.ts";
import type { Direction, NodeFacts } from "@/lib/chain/model.ts";
import { anomalyWords, missingWords } from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { FindById } from "./find-by-id.tsx";
import { NodeLine } from "./node-line.tsx";
import { chainAddress } from "./page-fragment.ts";

interface ChainOverviewPartProps {
  readonly revision: number;
  readonly overview: ChainOverview;
}

/** Without a chosen receipt: how much is linked, where most began, what was denied last. */
export function ChainOverviewPart({ revision, overview }: ChainOverviewPartProps): ReactNode {
  const { roots, denials, receipts, linked, missing } = overview;
  return (
    <div className="flex flex-col gap-3 p-[18px] max-sm:p-3 lg:overflow-auto">
      <header className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="font-semibold text-20">
            {plural(receipts, "receipt")}, {plural(overview.links, "link")}
          </h1>
          <p className="text-13 text-fact">
            {formatCount(linked)} of {formatCount(receipts)} have a cause or a consequence here.{" "}
            {missing === 0 ? (
              "Every parent that is named is loaded."
            ) : (
              <>
                <Link href="/verify" className="text-accent underline underline-offset-2">
                  {missingWords(missing)}
                </Link>
                .
              </>
            )}
          </p>
        </div>
        <FindById revision={revision} label="Find a receipt by id" />
      </header>
      <div className="grid gap-3 lg:grid-cols-2">
        <List
          title="Where most began"
          note="steps without a cause here, by what came of them"
          empty="No step here has a consequence."
          direction="forward"
          rows={roots.map(({ facts, descendants }) => ({
            facts,
            note: [
              `${plural(descendants.receipts, "receipt")} came of it`,
              ...anomalyWords(descendants),
            ].join(", "),
          }))}
        />
        <List
          title="Denied last"
          note="denied steps that have a cause here"
          empty="No denied step has a cause here."
          direction="both"
          rows={denials.map((facts) => ({ facts, note: denialNote(facts) }))}
        />
      </div>
    </div>
  );
}

function denialNote({ service, guard, time }: NodeFacts): string {
  return [
    guard === "" ? "" : `denied by ${guard}`,
    service,
    time === null ? "" : `${formatDateTime(time)} UTC`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

interface ListProps {
  readonly title: string;
  readonly note: string;
  readonly empty: string;
  readonly direction: Direction;
  readonly rows: readonly { readonly facts: NodeFacts; readonly note: string }[];
}

function List({ title, note, empty, direction, rows }: ListProps): ReactNode {
  return (
    <Card className="p-3.5">
      <CardTitle title={title} note={note} />
      {rows.length === 0 ? (
        <p className="pt-2 text-13 text-muted">{empty}</p>
      ) : (
        <ul className="mt-2 divide-y divide-hair border-hair border-t">
          {rows.map((row) => (
            <li key={row.facts.key}>
              <Link
                href={chainAddress(row.facts.key, direction)}
                className="block rounded-control px-1 py-1.5 hover:bg-sunken"
              >
                <span className="flex items-center gap-2 text-13">
                  <NodeLine facts={row.facts} />
                </span>
                <bdi className="block pl-7 text-12 text-muted [overflow-wrap:anywhere]">
                  {row.note.slice(0, 300)}
                </bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Receipts without any link: what would link them. */
export function NoLinks({ receipts }: { readonly receipts: number }): ReactNode {
  return (
    <div className="mx-auto flex max-w-[72ch] flex-col gap-3 p-[18px] pt-12">
      <h1 className="font-semibold text-20">No parent links in these files</h1>
      <p className="text-14 text-fact">
        {plural(receipts, "receipt")} were read, and none of them names what brought it about. A
        link is read from any of these:
      </p>
      <ul className="list-disc space-y-1 pl-5 text-13 text-fact">
        <li>
          a receipt’s <code>parent_receipt</code>
        </li>
        <li>
          the call chain in <code>metadata.governed_transaction</code>
        </li>
        <li>lineage statements and child receipts of an evidence folder</li>
        <li>
          the <code>X-Chio-Receipt</code> header of the Kafka records that were consumed
        </li>
      </ul>
      <p className="text-13 text-fact">
        To have the last, export the topics with their headers and drop them beside the receipts:
      </p>
      <pre className="overflow-x-auto rounded-card bg-sunken p-3 font-mono text-12">
        kcat -C -e -J -b BROKER -t TOPIC {">"} topic.ndjson
      </pre>
    </div>
  );
}
