import { AnswerIcon } from "@/components/seal/answer-icon.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { type BarPart, questionFraction, questionParts } from "@/lib/display/question-parts.ts";
import { ANSWER_WORDS, QUESTIONS } from "@/lib/display/status.ts";
import type { Answer, Verdict } from "@/lib/verification/report.ts";

export const ANSWER_INKS: Readonly<Record<Answer, string>> = {
  yes: "text-verified",
  no: "text-fails",
  "cannot-tell": "text-unchecked",
};

/** The five questions, each with its answer, one fraction, a bar and one reason. */
export function QuestionTiles({ verdict }: { readonly verdict: Verdict }) {
  return (
    <ul
      aria-label="Five questions"
      className="grid grid-cols-5 divide-x divide-hair border-hair border-t max-lg:grid-cols-1 max-lg:divide-x-0 max-lg:divide-y"
    >
      {QUESTIONS.map(({ name, title, asks }) => {
        const { answer, reason } = verdict.report.questions[name];
        return (
          <li
            key={name}
            data-question={name}
            data-answer={answer}
            className="min-w-0 px-4 py-2.5 max-lg:grid max-lg:grid-cols-[auto_1fr_auto_auto] max-lg:items-center max-lg:gap-x-3"
          >
            <p className="truncate text-12 text-muted max-lg:order-2">
              <strong className="font-semibold text-13 text-ink">{title}</strong>
              <span className="max-sm:hidden">&ensp;{asks}</span>
            </p>
            <p className="mt-0.5 flex items-center gap-2 max-lg:contents">
              <span className="inline-flex max-lg:order-1">
                <AnswerIcon question={name} answer={answer} />
              </span>
              <span
                className={classNames("font-semibold text-16 max-lg:order-3", ANSWER_INKS[answer])}
              >
                {ANSWER_WORDS[answer]}
              </span>
              <span className="ml-auto whitespace-nowrap text-14 text-fact tabular-nums max-lg:order-4 max-lg:ml-0 max-lg:min-w-24 max-lg:text-right">
                {questionFraction(name, verdict)}
              </span>
            </p>
            <div className="max-lg:order-5 max-lg:col-span-3 max-lg:col-start-2">
              <QuestionBar parts={questionParts(name, verdict)} />
              <p className="mt-1 text-12 text-muted">{reason}</p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const PARTS: Readonly<Record<BarPart["kind"], string>> = {
  holds: "bg-verified",
  fails: "bg-fails min-w-1",
  unknown: "dots-unknown min-w-1.5",
};

/** Solid blue holds, red fails, dotted is not known. The fraction beside it says the same in numbers. */
function QuestionBar({ parts }: { readonly parts: readonly BarPart[] }) {
  return (
    <div aria-hidden="true" className="mt-1.5 flex h-1 gap-px overflow-hidden rounded-chip">
      {parts.map((part, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the bar is the part's identity.
          key={index}
          className={classNames("keeps-colour h-full", PARTS[part.kind])}
          style={{ flexGrow: part.share, flexBasis: 0 }}
        />
      ))}
    </div>
  );
}
