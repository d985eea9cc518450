"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { FactList } from "@/components/chain/panel/fact-list.tsx";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Pill } from "@/components/ui/pill.tsx";
import { COMPARISON_WORDS, FIDELITY_WORDS } from "@/lib/display/evidence-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { Comparison, DeadLetterDetail } from "@/lib/queries/dead-letter-model.ts";
import { deadLetterDetail } from "@/lib/queries/dead-letters.ts";
import { LogText } from "../log-text.tsx";
import { logWords } from "../log-words.ts";
import { PayloadFields } from "./payload-fields.tsx";
import { UnmaskedNote } from "./unmasked-note.tsx";

interface LetterDrawerProps {
  readonly revision: number;
  readonly record: number;
  readonly onClose: () => void;
}

/** One dead letter, read from its file now: what it says, and whether its parts fit each other. */
export function LetterDrawer({ revision, record, onClose }: LetterDrawerProps): ReactNode {
  const detail = useQuery(deadLetterDetail(revision, record));
  const shell = useRef<HTMLElement | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each letter that is opened takes the focus.
  useEffect(() => {
    shell.current?.focus();
  }, [record]);
  const letter = detail.data;
  return (
    <aside
      ref={shell}
      tabIndex={-1}
      aria-label="Dead letter"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
      className="flex h-full flex-col gap-4 overflow-y-auto bg-surface px-[18px] py-3.5 outline-none"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-14 [overflow-wrap:anywhere]">
            <bdi>
              {letter === undefined ? `Dead letter ${formatCount(record)}` : placeOf(letter)}
            </bdi>
          </h2>
          {letter !== undefined && <Marks letter={letter} />}
        </div>
        <Button variant="icon" aria-label="Close dead letter" onPress={onClose}>
          <X aria-hidden size={16} />
        </Button>
      </div>
      {detail.isError ? (
        <QueryProblem
          title="This dead letter could not be read again."
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      ) : letter === undefined ? (
        <p role="status" className="text-13 text-muted">
          Reading the record from its file…
        </p>
      ) : (
        <Body letter={letter} />
      )}
    </aside>
  );
}

function Marks({ letter }: { readonly letter: DeadLetterDetail }): ReactNode {
  const fidelity = FIDELITY_WORDS[letter.fidelity];
  return (
    <p className="flex flex-wrap items-center gap-2 pt-1.5 text-12 text-fact">
      <Pill tone="neutral">{letter.kind === "failure" ? "Processing failure" : "Dead letter"}</Pill>
      <span title={fidelity.means}>
        <Pill tone="outline">{fidelity.word}</Pill>
      </span>
      <LogText text={letter.form} />
      {letter.at.timestampMs !== null && (
        <span>{formatDateTime(letter.at.timestampMs / 1000)} UTC</span>
      )}
      {letter.receiptRow === null ? (
        <span className="text-muted">no receipt: a claim</span>
      ) : (
        <Link
          href={receiptsAddress({}, letter.receiptRow)}
          className="inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline"
        >
          Open its receipt
        </Link>
      )}
    </p>
  );
}

function Body({ letter }: { readonly letter: DeadLetterDetail }): ReactNode {
  return (
    <>
      <Part title="Do its parts fit each other?">
        {letter.comparisons.length === 0 ? (
          <p className="text-12 text-muted">A processing failure has nothing to compare.</p>
        ) : (
          <ul>
            {letter.comparisons.map((each) => (
              <ComparisonLine key={each.name} comparison={each} />
            ))}
          </ul>
        )}
      </Part>
      <Part title="What it says">
        <FactList facts={letter.facts} />
      </Part>
      <Part
        title="Payload"
        note={
          letter.payload.length === null
            ? undefined
            : `${plural(letter.payload.length, "byte")}, masked until asked for`
        }
        aside={<UnmaskedNote />}
      >
        <PayloadFields key={letter.record} letter={letter} />
      </Part>
      <Part title="Headers" note={formatCount(letter.headers.length)}>
        <FactList
          facts={letter.headers.map(({ name, value, isText }, at) => ({
            label: `${logWords(name, "(no name)")}${at === letter.headers.findIndex((each) => each.name === name) ? "" : " (again)"}`,
            value:
              value === null ? "null" : value === "" ? "empty" : isText ? value : `hex ${value}`,
            mono: true,
          }))}
        />
      </Part>
      <Part title="Place">
        <p className="text-12 text-fact [overflow-wrap:anywhere]">
          <LogText text={letter.place.file} mono />
          {letter.place.line !== null && `, line ${formatCount(letter.place.line)}`}, byte{" "}
          {formatCount(letter.place.byteOffset)}, {plural(letter.place.length, "byte")}
        </p>
      </Part>
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly note?: string | undefined;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

function Part({ title, note, aside, children }: PartProps): ReactNode {
  return (
    <section aria-label={title}>
      <h3 className="flex flex-wrap items-baseline gap-x-2 pb-1 font-semibold text-13">
        {title}
        {note !== undefined && <span className="font-normal text-12 text-muted">{note}</span>}
        {aside !== undefined && <span className="ml-auto font-normal">{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

const NAMES: Readonly<Record<Comparison["name"], string>> = {
  ids: "Ids",
  verdicts: "Verdicts",
  coordinates: "Coordinates",
  headers: "Headers",
  payload: "Payload",
};

function ComparisonLine({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const { name, agreement, said } = comparison;
  const differs = agreement === "differ";
  return (
    <li className="border-hair border-t py-1.5 text-12">
      <p className="flex items-baseline gap-2">
        <span className="w-24 shrink-0 text-muted">{NAMES[name]}</span>
        <span className={differs ? "font-semibold text-fails" : "text-ink"}>
          {differs && "≠ "}
          {COMPARISON_WORDS[agreement]}
        </span>
      </p>
      {differs && (
        <dl className="pt-1 pl-26">
          {said.map(({ by, value }) => (
            <div key={`${by} ${value.slice(0, 200)}`} className="flex gap-2">
              <dt className="w-20 shrink-0 text-muted">{by}</dt>
              <dd className="min-w-0 font-mono [overflow-wrap:anywhere]">
                <LogText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function placeOf({ at }: DeadLetterDetail): string {
  const topic = logWords(at.topic, "topic not said");
  return at.offset === "" ? topic : `${topic}/${at.partition} @ ${at.offset}`;
}
