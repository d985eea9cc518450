import { KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { Seal } from "@/components/seal/seal.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import {
  countsLine,
  headlineQualifier,
  rangeLine,
  separately,
  trustLine,
} from "@/lib/display/headline.ts";
import { HEADLINE_WORDS } from "@/lib/display/status.ts";
import type { Headline, Verdict } from "@/lib/verification/report.ts";

const PLATES: Readonly<Record<Headline, string>> = {
  verified: "bg-verified-tint",
  "self-consistent": "bg-surface",
  "does-not-verify": "hatch-fails",
  "not-checked": "bg-surface",
};

const INKS: Readonly<Record<Headline, string>> = {
  verified: "text-verified",
  "self-consistent": "text-verified",
  "does-not-verify": "text-fails",
  "not-checked": "text-unchecked",
};

interface VerdictHeadProps {
  readonly verdict: Verdict;
  readonly actions: ReactNode;
}

/** The upper part of the full verdict bar: the seal on its plate, the headline, trust, counts, range. */
export function VerdictHead({ verdict, actions }: VerdictHeadProps) {
  const { headline, trust_mode } = verdict.report;
  const pinned = trust_mode === "pinned";
  const range = rangeLine(verdict);
  return (
    <div className="grid grid-cols-[116px_minmax(0,1fr)_auto] grid-rows-[auto_1fr] max-md:grid-cols-[92px_minmax(0,1fr)]">
      <div
        className={classNames(
          "keeps-colour row-span-2 flex items-center justify-center border-hair border-r py-3.5 max-md:row-span-1",
          PLATES[headline],
        )}
      >
        <Seal status={headline} edges={verdict.seal} />
      </div>
      <h1 className="min-w-0 self-center px-5 pt-3 text-28 max-md:px-3.5 max-md:pt-0 max-sm:text-20">
        <span className={classNames("font-semibold max-sm:block", INKS[headline])}>
          {HEADLINE_WORDS[headline]}
        </span>
        <span className="text-muted max-sm:hidden"> · </span>
        <span className="max-sm:block max-sm:text-16">{headlineQualifier(verdict)}</span>
      </h1>
      <div className="no-print col-start-3 row-span-2 row-start-1 flex flex-wrap items-start gap-2 py-4 pr-[18px] max-md:col-span-2 max-md:col-start-1 max-md:row-span-1 max-md:row-start-3 max-md:px-3.5 max-md:pt-0 max-md:pb-3 max-lg:flex-col max-md:flex-row">
        {actions}
      </div>
      <div className="col-start-2 min-w-0 px-5 pb-3 max-md:col-span-2 max-md:col-start-1 max-md:row-start-2 max-md:border-hair max-md:border-t max-md:px-3.5 max-md:pt-2.5">
        <p className="flex flex-wrap items-center gap-x-4 text-14 text-fact">
          <span
            className={classNames("inline-flex items-center gap-1.5", pinned && "text-verified")}
          >
            <KeyRound aria-hidden="true" size={15} className="shrink-0" />
            {trustLine(verdict)}
          </span>
          <span>{countsLine(verdict)}</span>
          {range === "" ? null : <span>{range}</span>}
        </p>
        <p className="mt-0.5 text-13 text-muted">{separately(verdict)}</p>
      </div>
    </div>
  );
}
