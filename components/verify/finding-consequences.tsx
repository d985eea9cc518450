import { visibleText } from "@/components/receipts/visible-text.ts";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { ordinaryCauses } from "@/lib/display/finding-causes.ts";
import type { FindingCause } from "@/lib/display/finding-groups.ts";
import { effectWords } from "@/lib/display/finding-sentence.ts";
import { plural } from "@/lib/display/numbers.ts";
import { type BatchOfReceipt, stillHolds } from "@/lib/display/still-holds.ts";
import { valueCauses } from "@/lib/display/value-causes.ts";
import type { Difference } from "@/lib/verification/repair.ts";
import type { Verdict } from "@/lib/verification/report.ts";

/** Effects listed by name; the rest is counted. */
const MOST_EFFECTS = 8;

interface ConsequencesProps {
  readonly cause: FindingCause;
  readonly verdict: Verdict;
  /** The one value that decides, where it is known. */
  readonly deciding: Difference | null;
  readonly batch: BatchOfReceipt | null;
}

/** What it brought about, what to rule out first, and what it leaves untouched. */
export function Consequences({ cause, verdict, deciding, batch }: ConsequencesProps) {
  // As the headline counts them: what is only remarked is no effect.
  const all = [cause.finding, ...cause.effects].filter(({ severity }) => severity === "error");
  const ordinary = deciding === null ? ordinaryCauses(cause.finding.code) : valueCauses(deciding);
  return (
    <div className="grid grid-cols-3 divide-x divide-hair border-hair border-t text-13 max-lg:grid-cols-1 max-lg:divide-x-0 max-lg:divide-y [&>div]:min-w-0 [&>div]:px-3.5 [&>div]:py-3">
      <div className="sm:pl-10!">
        <h4 className="mb-1 font-semibold">
          {all.length < 2
            ? "What does not fit"
            : `${plural(all.length, "effect")} of this one ${deciding === null ? "thing" : "value"}`}
        </h4>
        <ul className="flex flex-col gap-1">
          {all.slice(0, MOST_EFFECTS).map((effect) => {
            const words = effectWords(effect, verdict.rows.get(effect.id)?.seq);
            return (
              <li key={effect.id} className="flex items-baseline gap-2">
                <CodeTag code={effect.code} />
                <span className="min-w-0 break-words text-muted">
                  <span className="font-medium text-ink">{words.what}</span> {visibleText(words.of)}
                </span>
              </li>
            );
          })}
        </ul>
        {all.length > MOST_EFFECTS ? (
          <p className="mt-1 text-muted">
            and {plural(all.length - MOST_EFFECTS, "more", "more")}, in the report
          </p>
        ) : null}
      </div>
      <div>
        <h4 className="mb-1 font-semibold">Ordinary causes to rule out first</h4>
        <ol className="list-decimal space-y-0.5 pl-4.5 text-fact">
          {ordinary.causes.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
        <p className="mt-1 text-muted">{ordinary.settles}</p>
      </div>
      <div>
        <h4 className="mb-1 font-semibold">What still holds</h4>
        <ul className="space-y-0.5 text-fact">
          {stillHolds(verdict, batch).map((line) => (
            <li key={line.of}>
              <strong className="font-semibold text-ink">{line.number}</strong> {line.of}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
