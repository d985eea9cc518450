import { Key, KeyRound } from "lucide-react";
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
  const TrustIcon = pinned ? Key : KeyRound;
  const range = rangeLine(verdict);
  return (
    <div className="flex">
      <div
        className={classNames(
          "keeps-colour flex w-[116px] shrink-0 items-center justify-center border-hair border-r py-3.5 max-sm:w-[92px]",
          PLATES[headline],
        )}
      >
        <Seal status={headline} edges={verdict.seal} />
      </div>
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-3 px-5 py-3 max-sm:px-3.5">
        <div className="min-w-0 flex-1 basis-96 max-sm:basis-full">
          <h1 className="text-28 max-sm:text-20">
            <span className={classNames("font-semibold max-sm:block", INKS[headline])}>
              {HEADLINE_WORDS[headline]}
            </span>
            <span className="text-muted max-sm:hidden"> · </span>
            <span className="max-sm:block max-sm:text-16">{headlineQualifier(verdict)}</span>
          </h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-4 text-14 text-fact">
            <span
              className={classNames("inline-flex items-center gap-1.5", pinned && "text-verified")}
            >
              <TrustIcon aria-hidden="true" size={15} className="shrink-0" />
              {trustLine(verdict)}
            </span>
            <span>{countsLine(verdict)}</span>
            {range === "" ? null : <span>{range}</span>}
          </p>
          <p className="mt-0.5 text-13 text-muted">{separately(verdict)}</p>
        </div>
        <div className="no-print flex flex-wrap gap-2 pt-1">{actions}</div>
      </div>
    </div>
  );
}
