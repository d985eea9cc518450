import { type ReactNode, useId } from "react";
import { RULE_EVIDENCE, type RuleEvidence } from "@/lib/rules/model.ts";
import { EVIDENCE_CHOICES } from "./rule-words.ts";

interface EvidenceFieldProps {
  readonly evidence: RuleEvidence;
  readonly onChange: (evidence: RuleEvidence) => void;
}

/** Which denials count: what nobody signed counts only when someone here says so. */
export function EvidenceField({ evidence, onChange }: EvidenceFieldProps): ReactNode {
  const name = useId();
  return (
    <fieldset className="flex flex-col">
      <legend className="sr-only">Evidence</legend>
      {RULE_EVIDENCE.map((each) => (
        <label key={each} className="flex min-h-7 cursor-pointer items-baseline gap-2 text-13">
          <input
            type="radio"
            name={name}
            checked={each === evidence}
            onChange={() => onChange(each)}
            className="relative top-0.5 size-3.5 shrink-0 accent-ink"
          />
          <span>
            {EVIDENCE_CHOICES[each].word}
            <span className="text-12 text-muted">: {EVIDENCE_CHOICES[each].note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
