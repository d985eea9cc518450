import { Check as CheckIcon, EqualNot, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { UnknownIcon } from "@/components/seal/status-icon.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import type { Check } from "@/kernel/check.ts";
import { FINDINGS } from "@/kernel/findings.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { Finding } from "@/lib/verification/report.ts";
import { visibleText } from "../visible-text.ts";
import { CHECK_WORDS, integritySentence, receiptSentence } from "./sentences.ts";
import { TwoValues } from "./two-values.tsx";

/** What the receipt says, what was checked of it, and what was found. */
export function SummaryTab({ detail }: { readonly detail: ReceiptDetail }): ReactNode {
  return (
    <div className="flex flex-col gap-4">
      <div>
        <p className="font-medium text-14 [overflow-wrap:anywhere]">{receiptSentence(detail)}</p>
        <p className="mt-1 text-13 text-fact">{integritySentence(detail)}</p>
      </div>
      <dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-12">
        {detail.facts.map((fact) => (
          <Fact key={fact.label} {...fact} />
        ))}
      </dl>
      <section aria-label="Checks">
        <h3 className="pb-1.5 font-semibold text-13">Checks</h3>
        <ul className="flex flex-col divide-y divide-hair border-hair border-y">
          {detail.checks.map((check) => (
            <CheckRow key={check.name} check={check} />
          ))}
        </ul>
      </section>
      {detail.findings.length > 0 && (
        <section aria-label="Findings">
          <h3 className="pb-1.5 font-semibold text-13">Findings</h3>
          <ul className="flex flex-col gap-2.5">
            {detail.findings.map((finding) => (
              <FindingRow key={finding.id} finding={finding} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Fact({ label, value, mono }: ReceiptDetail["facts"][number]): ReactNode {
  return (
    <>
      <dt className="py-0.5 text-muted">{label}</dt>
      <dd className="group flex min-w-0 items-start gap-1 py-0.5">
        <bdi className={`min-w-0 text-ink [overflow-wrap:anywhere] ${mono ? "font-mono" : ""}`}>
          {visibleText(value)}
        </bdi>
        {mono && value !== "" && (
          <span className="-my-1 opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
            <CopyButton text={value} label={`Copy ${label}`} />
          </span>
        )}
      </dd>
    </>
  );
}

function CheckRow({ check }: { readonly check: Check }): ReactNode {
  const { outcome } = check;
  return (
    <li className="py-1.5 text-12">
      <div className="flex items-baseline gap-2">
        <span className="translate-y-[3px]">
          <OutcomeIcon kind={outcome.kind} />
        </span>
        <span className="w-[104px] shrink-0 font-medium text-ink">{CHECK_WORDS[check.name]}</span>
        <OutcomeWords check={check} />
      </div>
      {outcome.kind === "failed" && (outcome.expected !== null || outcome.actual !== null) && (
        <div className="pt-1 pl-6">
          <TwoValues
            expected={outcome.expected}
            actual={outcome.actual}
            pointer={outcome.pointer}
          />
        </div>
      )}
    </li>
  );
}

function OutcomeIcon({ kind }: { readonly kind: Check["outcome"]["kind"] }): ReactNode {
  switch (kind) {
    case "passed":
      return <CheckIcon aria-hidden size={14} strokeWidth={2.5} className="text-verified" />;
    case "failed":
      return <EqualNot aria-hidden size={14} strokeWidth={2.5} className="text-fails" />;
    case "not-applicable":
      return <Minus aria-hidden size={14} className="text-muted" />;
    case "not-checked":
      return (
        <span className="text-unchecked">
          <UnknownIcon size={14} />
        </span>
      );
  }
}

function OutcomeWords({ check }: { readonly check: Check }): ReactNode {
  const { outcome } = check;
  switch (outcome.kind) {
    case "passed":
      return (
        <span className="min-w-0 text-fact">
          Fits{outcome.note === undefined ? "" : `: ${outcome.note}`}
        </span>
      );
    case "failed":
      return (
        <span className="flex min-w-0 flex-1 items-baseline gap-2 font-medium text-fails">
          <span className="min-w-0 flex-1">Does not fit</span>
          <CodeTag code={outcome.code} />
        </span>
      );
    case "not-applicable":
      return <span className="min-w-0 text-muted">Not applicable: {outcome.why}</span>;
    case "not-checked":
      return <span className="min-w-0 text-muted">Not checked: {outcome.why}</span>;
  }
}

function FindingRow({ finding }: { readonly finding: Finding }): ReactNode {
  return (
    <li className="text-12">
      <p className="flex items-baseline gap-2">
        <CodeTag code={finding.code} />
        <span className="text-ink">{FINDINGS[finding.code].meaning}</span>
      </p>
      {(finding.expected !== null || finding.actual !== null) && (
        <div className="pt-1">
          <TwoValues
            expected={finding.expected}
            actual={finding.actual}
            pointer={finding.place.pointer}
          />
        </div>
      )}
    </li>
  );
}
