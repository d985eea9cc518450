import { Check, EqualNot } from "lucide-react";
import type { Answer, QuestionName } from "@/lib/verification/report.ts";
import { AbsentIcon, UnknownIcon } from "./status-icon.tsx";

interface AnswerIconProps {
  readonly question: QuestionName;
  readonly answer: Answer;
  readonly size?: number;
}

/** The mark of an answer. A "no" on completeness is an absence, and has the glyph of one. */
export function AnswerIcon({ question, answer, size = 16 }: AnswerIconProps) {
  if (answer === "yes") {
    return <Check aria-hidden size={size} strokeWidth={2.5} className="shrink-0 text-verified" />;
  }
  if (answer === "cannot-tell") {
    return (
      <span className="inline-flex text-unchecked">
        <UnknownIcon size={size} />
      </span>
    );
  }
  return (
    <span className="inline-flex text-fails">
      {question === "complete" ? (
        <AbsentIcon size={size} />
      ) : (
        <EqualNot aria-hidden size={size} strokeWidth={2.5} />
      )}
    </span>
  );
}
