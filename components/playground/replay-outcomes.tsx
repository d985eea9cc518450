import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { classNames } from "@/components/ui/class-names.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { ReplayOutcome } from "@/lib/playground/replay/model.ts";
import type { CountedOutcome, ReplayResult } from "@/lib/playground/replay/tally.ts";
import { KIND_WORDS, outcomeWords } from "./replay-words.ts";

type Kind = ReplayOutcome["kind"];

/** Reasons that are named one by one. */
const MOST_REASONS = 6;

const MARKS: Readonly<Record<Kind, string>> = {
  allowed: "bg-allowed-bar",
  denied: "bg-denied-bar",
  "not-evaluated": "dots-unknown",
};

interface ReplayOutcomesProps {
  readonly result: ReplayResult;
  /** Null while the counts still grow. */
  readonly onList: ((kind: Kind) => void) | null;
}

/** The denials as one bar and three counts, with the reasons of those that stay denied or were not judged. */
export function ReplayOutcomes({ result, onList }: ReplayOutcomesProps): ReactNode {
  const counts: readonly (readonly [Kind, number])[] = [
    ["allowed", result.allowed],
    ["denied", result.denied],
    ["not-evaluated", result.notEvaluated],
  ];
  return (
    <>
      <div
        aria-hidden="true"
        className="flex h-2 gap-px overflow-hidden rounded-[2px] mt-2 bg-sunken"
      >
        {counts.map(([kind, count]) =>
          count === 0 ? null : (
            <span
              key={kind}
              className={classNames("keeps-colour min-w-[4px]", MARKS[kind])}
              style={{ width: `${(count / result.total) * 100}%` }}
            />
          ),
        )}
      </div>
      <ul className="pt-2 text-13">
        {counts.map(([kind, count]) => (
          <Counted
            key={kind}
            kind={kind}
            count={count}
            reasons={result.reasons.filter(({ outcome }) => outcome.kind === kind)}
            onList={onList}
          />
        ))}
      </ul>
      {result.agentsAssumed > 0 ? (
        <p className="pt-1 text-12 text-fact">
          {plural(result.agentsAssumed, "denial names", "denials name")} no agent: the capability’s
          subject was taken for it.
        </p>
      ) : null}
    </>
  );
}

interface CountedProps extends Omit<ReplayOutcomesProps, "result"> {
  readonly kind: Kind;
  readonly count: number;
  readonly reasons: readonly CountedOutcome[];
}

function Counted({ kind, count, reasons, onList }: CountedProps): ReactNode {
  const [only] = reasons;
  const number = <b className="font-semibold tabular-nums">{formatCount(count)}</b>;
  return (
    <li className="py-px">
      <span className="flex items-baseline gap-2">
        <span
          aria-hidden="true"
          className={classNames("keeps-colour size-2.5 shrink-0 self-center", MARKS[kind])}
        />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {count === 0 || onList === null ? (
            number
          ) : (
            <button
              type="button"
              aria-label={`List ${formatCount(count)} ${KIND_WORDS[kind]}`}
              onClick={() => onList(kind)}
              className="cursor-pointer rounded-control underline decoration-border underline-offset-2 hover:decoration-ink"
            >
              {number}
            </button>
          )}{" "}
          {KIND_WORDS[kind]}
          {only !== undefined && reasons.length === 1
            ? `: ${visibleText(outcomeWords(only.outcome))}`
            : ""}
        </span>
      </span>
      {reasons.length > 1 ? (
        <ul className="pl-[18px] text-12 text-fact">
          {reasons.slice(0, MOST_REASONS).map((reason) => (
            <li key={outcomeWords(reason.outcome)} className="[overflow-wrap:anywhere]">
              <span className="tabular-nums">{formatCount(reason.count)}</span>{" "}
              {visibleText(outcomeWords(reason.outcome))}
            </li>
          ))}
          {reasons.length > MOST_REASONS ? (
            <li>{plural(reasons.length - MOST_REASONS, "more reason")}, in the list</li>
          ) : null}
        </ul>
      ) : null}
    </li>
  );
}
