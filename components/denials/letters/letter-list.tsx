"use client";

import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { coordinateWords } from "@/lib/display/denial-words.ts";
import { FIDELITY_WORDS } from "@/lib/display/evidence-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import {
  LETTER_CHECKS,
  LETTER_SQL,
  type LetterAgreement,
  type LetterRow,
  type LetterTotals,
  letterOrder,
  letterPage,
  letterTotals,
} from "@/lib/queries/letter-list.ts";
import { LogText } from "../log-text.tsx";
import { logWords } from "../log-words.ts";
import { LongList } from "../views/long-list.tsx";
import { ViewFrame, type ViewProps } from "../views/view-frame.tsx";
import { UnmaskedNote } from "./unmasked-note.tsx";

const TEMPLATE =
  "minmax(0,1.2fr) 136px minmax(0,1fr) 52px minmax(0,1.2fr) 28px 52px 78px 52px 54px";
const HEADS = [
  "record",
  "time, UTC",
  "form",
  "kept",
  "judged record",
  "ids",
  "verdicts",
  "coordinates",
  "headers",
  "payload",
];

/** Every dead letter, with how faithfully it was kept and whether its parts fit each other. */
export function LetterList(props: ViewProps & { readonly selected: number | null }): ReactNode {
  const { revision, onLetter } = props;
  const order = useQuery(letterOrder(revision));
  const totals = useQuery(letterTotals(revision));
  return (
    <ViewFrame
      name="dead-letters"
      query={order}
      sql={() => LETTER_SQL.totals}
      count={(records) => `${plural(records.length, "dead letter")}.`}
      isEmpty={(records) => records.length === 0}
      none="No dead letter is loaded: denials were read from receipts alone."
      aside={<UnmaskedNote />}
    >
      {(records) => (
        <>
          {totals.data !== undefined && <TotalsLine totals={totals.data} />}
          <LongList
            label="Dead letters"
            order={records}
            heads={HEADS}
            template={TEMPLATE}
            pageOf={(numbers) => letterPage(revision, numbers)}
            cells={cellsOf}
            selected={props.selected}
            onOpen={onLetter}
          />
        </>
      )}
    </ViewFrame>
  );
}

function TotalsLine({ totals }: { readonly totals: LetterTotals }): ReactNode {
  const { fidelity, differ } = totals;
  const kept = (["exact", "text", "lossy"] as const)
    .filter((name) => fidelity[name] > 0)
    .map((name) => `${formatCount(fidelity[name])} ${FIDELITY_WORDS[name].word.toLowerCase()}`);
  const wrong = LETTER_CHECKS.filter((name) => differ[name] > 0).map(
    (name) => `${name} of ${formatCount(differ[name])}`,
  );
  return (
    <p className="border-hair border-b px-[18px] py-1.5 text-12 text-fact">
      Kept: {kept.join(", ")}. {formatCount(totals.payloadProved)}{" "}
      {totals.payloadProved === 1 ? "payload is" : "payloads are"} proved to be the message that was
      judged. {wrong.length === 0 ? "Nothing differs." : `Does not fit: ${wrong.join(", ")}.`}{" "}
      {totals.claims > 0 && `${formatCount(totals.claims)} carry no receipt.`}
    </p>
  );
}

function cellsOf(row: LetterRow): readonly ReactNode[] {
  const { source } = row;
  return [
    <bdi key="record" className="truncate font-mono">
      {recordPlace(row)}
    </bdi>,
    <span key="time" className="whitespace-nowrap text-fact tabular-nums">
      {row.timeMs === null ? "no time" : formatDateTime(row.timeMs / 1000)}
    </span>,
    <LogText key="form" text={row.form} className="truncate text-fact" />,
    <span key="kept" title={FIDELITY_WORDS[row.fidelity].means} className="text-fact">
      {FIDELITY_WORDS[row.fidelity].word}
    </span>,
    <bdi key="source" className="truncate font-mono text-fact">
      {source === null
        ? "not said"
        : coordinateWords(logWords(source.topic, ""), source.partition, source.offset)}
    </bdi>,
    ...LETTER_CHECKS.map((name) => <AgreementMark key={name} agreement={row.checks[name]} />),
  ];
}

/** Where the record stands on its own topic. */
export function recordPlace(row: Pick<LetterRow, "topic" | "partition" | "offset">): string {
  const topic = logWords(row.topic, "topic not said");
  if (row.offset === null) return topic;
  return row.partition === null
    ? `${topic} @ ${row.offset}`
    : coordinateWords(topic, Number(row.partition), row.offset);
}

/** Fits, does not fit, or nothing to compare: shape first, the word for whoever hears it. */
function AgreementMark({ agreement }: { readonly agreement: LetterAgreement }): ReactNode {
  switch (agreement) {
    case "agree":
      return (
        <span title="fits" className="text-fact">
          <Check aria-hidden size={14} />
          <span className="sr-only">fits</span>
        </span>
      );
    case "differ":
      return (
        <span title="does not fit" className="font-semibold text-fails">
          <span aria-hidden="true">≠</span>
          <span className="sr-only">does not fit</span>
        </span>
      );
    case "nothing to compare":
      return (
        <span title="nothing to compare" className="text-muted">
          <Minus aria-hidden size={14} />
          <span className="sr-only">nothing to compare</span>
        </span>
      );
  }
}
