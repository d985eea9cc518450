import type { Question, QuestionName, Verdict } from "@/lib/verification/report.ts";
import { formatFraction, plural } from "./numbers.ts";

export interface BarPart {
  readonly kind: "holds" | "fails" | "unknown";
  /** Share of the bar, 0 to 1. */
  readonly share: number;
}

/** What a question's bar is made of, in drawing order; shares sum to 1. */
export function questionParts(name: QuestionName, verdict: Verdict): readonly BarPart[] {
  const question = verdict.report.questions[name];
  const { numerator, denominator, answer } = question;
  if (!(denominator > 0)) {
    return [{ kind: answer === "yes" ? "holds" : answer === "no" ? "fails" : "unknown", share: 1 }];
  }
  const holds = Math.min(1, Math.max(0, numerator / denominator));
  const rest = 1 - holds;
  if (answer === "yes" && rest === 0) return [{ kind: "holds", share: 1 }];
  if (answer !== "no") return parts(holds, 0, rest);
  if (name === "complete") return complete(verdict, question, rest);
  const unknown =
    name === "included"
      ? Math.min(rest, verdict.uncovered / denominator)
      : name === "consistent"
        ? Math.min(rest, (verdict.links.total - verdict.links.fit) / Math.max(1, denominator))
        : 0;
  // A "no" is never drawn without red, whatever the fraction counts.
  return parts(holds, Math.max(rest - unknown, 0.004), unknown);
}

/** The gap is drawn where it is, not at the end. */
function complete(verdict: Verdict, question: Question, rest: number): readonly BarPart[] {
  const gap = verdict.strip.find((cell) => cell.state === "absent");
  const first = verdict.strip[0];
  if (gap === undefined || first === undefined) return parts(1 - rest, Math.max(rest, 0.004), 0);
  const before = Math.min(
    1 - rest,
    Math.max(0, (gap.from_seq - first.from_seq) / question.denominator),
  );
  const after = 1 - rest - before;
  return keep([
    { kind: "holds", share: before },
    { kind: "fails", share: Math.max(rest, 0.004) },
    { kind: "holds", share: after },
  ]);
}

function parts(holds: number, fails: number, unknown: number): readonly BarPart[] {
  return keep([
    { kind: "holds", share: holds },
    { kind: "fails", share: fails },
    { kind: "unknown", share: unknown },
  ]);
}

function keep(all: readonly BarPart[]): readonly BarPart[] {
  return all.filter((part) => part.share > 0);
}

/** What stands at the right of the answer: a fraction that counts one thing, or the number of forks. */
export function questionFraction(name: QuestionName, verdict: Verdict): string {
  const { numerator, denominator } = verdict.report.questions[name];
  if (name === "consistent") return plural(verdict.forks, "fork");
  return formatFraction(numerator, denominator);
}
