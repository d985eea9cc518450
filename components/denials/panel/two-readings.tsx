"use client";

import { Minus, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { SqlModal } from "@/components/ui/show-sql.tsx";
import {
  READINGS,
  type Reading,
  type ReadingEvidence,
  type TwoReadings,
} from "@/lib/queries/denial-readings-model.ts";
import { evidenceSentence, type ReadingSubject } from "./reading-words.ts";

const TITLES: Readonly<Record<Reading, string>> = {
  misconfiguration: "Misconfiguration",
  attack: "Attack",
};

interface TwoReadingsProps {
  readonly readings: TwoReadings;
  readonly subject: ReadingSubject;
}

/** What speaks for and against each reading, side by side in the same type; each line opens its question. */
export function TwoReadingsCard({ readings, subject }: TwoReadingsProps): ReactNode {
  const [asked, setAsked] = useState<ReadingEvidence | null>(null);
  const title = asked === null ? "" : evidenceSentence(asked, subject);
  return (
    <>
      <div className="grid grid-cols-2 divide-x divide-border rounded-card border border-border max-sm:grid-cols-1 max-sm:divide-x-0 max-sm:divide-y">
        {READINGS.map((reading) => (
          <section key={reading} aria-label={TITLES[reading]} className="min-w-0 px-3 py-3">
            <h4 className="px-1 pb-1 font-semibold text-13">{TITLES[reading]}</h4>
            <ul className="flex flex-col">
              {readings.evidence
                .filter((each) => each.reading === reading)
                .sort((a, b) => Number(a.sign === "against") - Number(b.sign === "against"))
                .map((each) => (
                  <EvidenceLine
                    key={`${each.sign} ${each.fact.kind}`}
                    evidence={each}
                    sentence={evidenceSentence(each, subject)}
                    onAsk={() => setAsked(each)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      <SqlModal
        of="this line"
        statements={asked === null ? [] : [{ title, sql: asked.sql }]}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
      />
    </>
  );
}

interface EvidenceLineProps {
  readonly evidence: ReadingEvidence;
  readonly sentence: string;
  readonly onAsk: () => void;
}

function EvidenceLine({ evidence, sentence, onAsk }: EvidenceLineProps): ReactNode {
  const Sign = evidence.sign === "for" ? Plus : Minus;
  return (
    <li>
      <button
        type="button"
        onClick={onAsk}
        title="Show SQL"
        className="flex w-full cursor-pointer items-start gap-2.5 rounded-control px-1 py-1 text-left text-12 text-fact leading-[17px] hover:bg-sunken hover:text-ink pointer-coarse:min-h-11"
      >
        <Sign aria-hidden size={14} strokeWidth={2} className="mt-[2px] shrink-0 text-ink" />
        <span className="sr-only">{evidence.sign === "for" ? "For: " : "Against: "}</span>
        <span className="min-w-0">{unbroken(sentence)}</span>
      </button>
    </li>
  );
}

/** A number and its unit stay on one line. */
function unbroken(sentence: string): string {
  return sentence.replace(/(\d) (ms|s|min|h)\b/gu, "$1\u00a0$2");
}
