import { Card, CardTitle } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { SelfTestState } from "@/lib/session/model.ts";
import type { Verdict } from "@/lib/verification/report.ts";

/** The questions with known answers that ran before the verdict, and how much was checked twice. */
export function SelfTestCard({
  selfTest,
  verdict,
}: {
  readonly selfTest: SelfTestState | null;
  readonly verdict: Verdict;
}) {
  const { refereed } = verdict;
  return (
    <Card className="p-3.5">
      <CardTitle
        title="Self-test"
        aside={
          selfTest === null ? undefined : (
            <span
              className={
                selfTest.failures.length === 0
                  ? "font-semibold text-13 text-verified"
                  : "font-semibold text-13 text-fails"
              }
            >
              {formatCount(selfTest.accepted.passed + selfTest.refused.passed)} /{" "}
              {formatCount(selfTest.accepted.total + selfTest.refused.total)} as expected
            </span>
          )
        }
      />
      {selfTest === null ? null : (
        <div className="mt-1.5 flex flex-col gap-1 text-13">
          <Marks
            words={`Refuses ${selfTest.refused.total} known-bad`}
            of={selfTest.refused}
            solid
          />
          <Marks
            words={`Accepts ${selfTest.accepted.total} known-good`}
            of={selfTest.accepted}
            solid={false}
          />
        </div>
      )}
      <p className="mt-1.5 text-13 text-muted">Ran in this browser, before the verdict.</p>
      <p className="text-13 text-muted">
        {refereed.disagreements === 0
          ? `${formatCount(refereed.checked)} of ${plural(refereed.signatures, "signature")} checked twice, by both rules: no disagreement.`
          : `${formatCount(refereed.checked)} of ${plural(refereed.signatures, "signature")} checked twice: ${plural(refereed.disagreements, "disagreement")}.`}
      </p>
    </Card>
  );
}

/** Marks drawn one by one; beyond this the numbers stand alone. */
const MOST_MARKS = 24;

function Marks({
  words,
  of,
  solid,
}: {
  readonly words: string;
  readonly of: { readonly passed: number; readonly total: number };
  readonly solid: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <span className="w-40 text-fact">{words}</span>
      {of.total <= MOST_MARKS ? (
        <span aria-hidden="true" className="flex flex-wrap gap-[3px]">
          {Array.from({ length: of.total }, (_, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the marks are a count.
              key={index}
              className={classNames(
                "keeps-colour size-2.5 rounded-[2px] border",
                index >= of.passed
                  ? "border-fails border-dashed"
                  : solid
                    ? "border-verified bg-verified"
                    : "border-verified",
              )}
            />
          ))}
        </span>
      ) : null}
      <span className="sr-only">{`${of.passed} of ${of.total} as expected`}</span>
    </div>
  );
}
