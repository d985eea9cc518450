import { Ban, Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { classNames } from "@/components/ui/class-names.ts";
import type { StepOutcome } from "@/kernel/evaluation/model.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";
import { type GuardMark, millisecondWords, type TraceRow, traceRows } from "./trace-rows.ts";

/** Step by step: passed in outline, stopped here solid, not reached dashed. */
export function Trace({ outcome }: { readonly outcome: JudgedOutcome }): ReactNode {
  const rows = traceRows(outcome);
  return (
    <ol aria-label="Trace" className="p-3.5 pt-3">
      {rows.map((row, place) => (
        <Row key={row.step} row={row} last={place === rows.length - 1} />
      ))}
    </ol>
  );
}

function Row({ row, last }: { readonly row: TraceRow; readonly last: boolean }): ReactNode {
  const { outcome } = row;
  const quiet = outcome === "not-reached" || outcome === "not-applicable";
  return (
    <li className="relative flex gap-3 pb-2 last:pb-0">
      {last ? null : (
        <span
          aria-hidden="true"
          className="absolute top-5 bottom-0 left-[9px] w-px bg-border forced-colors:bg-[CanvasText]"
        />
      )}
      <StepMark outcome={outcome} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-3">
          <span
            className={classNames(
              "min-w-0 flex-1 text-13",
              outcome === "denied" && "font-semibold text-denied",
              outcome === "passed" && "text-ink",
              quiet && "text-muted",
            )}
          >
            {row.name}
            <span className="sr-only">, {OUTCOME_WORDS[outcome]}</span>
          </span>
          <span className="shrink-0 whitespace-nowrap text-12 text-muted">
            {millisecondWords(row.milliseconds)}
          </span>
        </p>
        <p className="text-12 text-muted [overflow-wrap:anywhere]">{visibleText(row.note)}</p>
        {row.guards.length === 0 ? null : <GuardList guards={row.guards} />}
      </div>
    </li>
  );
}

const OUTCOME_WORDS: Readonly<Record<StepOutcome, string>> = {
  passed: "passed",
  denied: "stopped here",
  "not-applicable": "not applicable",
  "not-reached": "not reached",
};

function StepMark({ outcome }: { readonly outcome: StepOutcome }): ReactNode {
  const common = "mt-px flex size-[19px] shrink-0 items-center justify-center rounded-chip";
  switch (outcome) {
    case "passed":
      return (
        <span className={`${common} border-[1.5px] border-allowed text-allowed`}>
          <Check aria-hidden="true" size={12} strokeWidth={2.6} />
        </span>
      );
    case "denied":
      return (
        <span className={`${common} keeps-colour bg-denied text-on-ink`}>
          <Ban aria-hidden="true" size={12} strokeWidth={2.6} />
        </span>
      );
    case "not-applicable":
      return (
        <span className={`${common} border border-strong text-muted`}>
          <Minus aria-hidden="true" size={12} strokeWidth={2.4} />
        </span>
      );
    case "not-reached":
      return <span className={`${common} border border-strong border-dashed`} />;
  }
}

function GuardList({ guards }: { readonly guards: readonly GuardMark[] }): ReactNode {
  return (
    <ul
      aria-label="Guards"
      className="mt-1 grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-3 gap-y-0.5 text-12"
    >
      {guards.map(({ name, outcome }) => (
        <li key={name} className="flex items-center gap-1.5">
          <GuardIcon outcome={outcome} />
          <span
            className={classNames(
              "min-w-0 truncate",
              outcome === "deny" && "font-semibold text-denied",
              outcome === "allow" && "text-fact",
              outcome === "not-reached" && "text-muted",
            )}
          >
            {name}
          </span>
          <span className="sr-only">: {GUARD_WORDS[outcome]}</span>
        </li>
      ))}
    </ul>
  );
}

const GUARD_WORDS: Readonly<Record<GuardMark["outcome"], string>> = {
  allow: "allows",
  deny: "denies",
  "not-reached": "not reached",
};

function GuardIcon({ outcome }: { readonly outcome: GuardMark["outcome"] }): ReactNode {
  switch (outcome) {
    case "allow":
      return (
        <Check aria-hidden="true" size={12} strokeWidth={2.6} className="shrink-0 text-allowed" />
      );
    case "deny":
      return (
        <Ban aria-hidden="true" size={12} strokeWidth={2.4} className="shrink-0 text-denied" />
      );
    case "not-reached":
      return (
        <span
          aria-hidden="true"
          className="size-[11px] shrink-0 rounded-chip border border-strong border-dashed"
        />
      );
  }
}
