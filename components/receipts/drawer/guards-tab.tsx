import { Ban, Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { plural } from "@/lib/display/numbers.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import { visibleText } from "../visible-text.ts";

/** The evidence of the guards in the order in which the receipt gives it. */
export function GuardsTab({ detail }: { readonly detail: ReceiptDetail }): ReactNode {
  const { evidence, row } = detail;
  if (evidence.length === 0) {
    return (
      <div className="text-13 text-fact">
        <p>The receipt names no guard that ran.</p>
        {row.guard !== "" && (
          <p className="mt-2">
            Its decision names the guard <bdi className="font-mono">{visibleText(row.guard)}</bdi>
            {row.reason === "" ? "." : `: ${visibleText(row.reason)}`}
          </p>
        )}
      </div>
    );
  }
  const passed = evidence.filter((each) => each.verdict === true).length;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-fact">
        {plural(evidence.length, "guard")} in the receipt, {passed} passed. The signature covers
        this list; that a guard ran is the kernel’s word.
      </p>
      <ol className="relative flex flex-col">
        {evidence.map((each, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a receipt may name a guard twice; the order is signed.
          <li key={at} className="relative flex gap-3 pb-3.5">
            {at < evidence.length - 1 && (
              <span
                aria-hidden="true"
                className="absolute top-6 bottom-0 left-[11px] w-px bg-border"
              />
            )}
            <VerdictMark verdict={each.verdict} />
            <div className="min-w-0 flex-1 pt-0.5">
              <p className="flex items-baseline gap-2 text-13">
                <bdi className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">
                  {visibleText(each.guard)}
                </bdi>
                <span
                  className={`text-12 ${each.verdict === false ? "font-medium text-denied" : "text-muted"}`}
                >
                  {each.verdict === null ? "No verdict" : each.verdict ? "Passed" : "Stopped here"}
                </span>
              </p>
              {each.details !== null && each.details !== "" && (
                <p className="mt-0.5 font-mono text-12 text-fact [overflow-wrap:anywhere]">
                  {visibleText(each.details)}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      {row.reason !== "" && (
        <p className="rounded-card bg-sunken p-2.5 text-12 text-fact [overflow-wrap:anywhere]">
          <span className="font-medium text-ink">Reason </span>
          {visibleText(row.reason)}
        </p>
      )}
    </div>
  );
}

function VerdictMark({ verdict }: { readonly verdict: boolean | null }): ReactNode {
  const base = "keeps-colour grid size-6 shrink-0 place-items-center rounded-chip border-2";
  if (verdict === null) {
    return (
      <span className={`${base} border-strong border-dashed text-muted`}>
        <Minus aria-hidden size={12} />
      </span>
    );
  }
  return verdict ? (
    <span className={`${base} border-allowed text-allowed`}>
      <Check aria-hidden size={12} strokeWidth={2.5} />
    </span>
  ) : (
    <span className={`${base} border-denied-bar bg-denied-bar text-on-ink`}>
      <Ban aria-hidden size={12} strokeWidth={2.5} />
    </span>
  );
}
