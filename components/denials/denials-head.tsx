import type { ReactNode } from "react";
import { Segmented } from "@/components/chain/segmented.tsx";
import { claimWords, denialStatement, evidenceWords } from "@/lib/display/denial-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialTotals } from "@/lib/queries/denial-model.ts";

interface StatementProps {
  readonly totals: DenialTotals;
  readonly isPinned: boolean;
  readonly claimsShown: boolean;
  readonly isFiltered: boolean;
  readonly onClaims: (shown: boolean) => void;
}

/** The page's statement: how many denials and patterns, what they are worth, and what is set aside. */
export function DenialStatement(props: StatementProps): ReactNode {
  const { totals, isPinned, claimsShown } = props;
  const { share, words } = evidenceWords(totals, isPinned);
  const claims = claimWords(totals.claims, claimsShown);
  return (
    <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
      <h1 className="font-semibold text-20">{denialStatement(totals.denials, totals.patterns)}</h1>
      <p className="min-w-0 text-13 text-muted">
        {props.isFiltered && <>of {formatCount(totals.everyDenial)} loaded. </>}
        {totals.denials > 0 && (
          <>
            <span className="font-semibold text-fact">{share}</span> {words}.{" "}
          </>
        )}
        {claims}
        {totals.claims > 0 && (
          <button
            type="button"
            onClick={() => props.onClaims(!claimsShown)}
            className="ml-2 min-h-6 cursor-pointer text-accent underline-offset-2 hover:underline"
          >
            {claimsShown ? "Leave them out" : "Show them too"}
          </button>
        )}
        {totals.timeless > 0 && ` ${formatCount(totals.timeless)} have no time.`}
      </p>
    </div>
  );
}

interface HeightSwitchProps {
  readonly cut: number;
  readonly full: boolean;
  readonly onFull: (full: boolean) => void;
}

/** Whether the few high bars are cut, so that the others are seen. */
export function HeightSwitch({ cut, full, onFull }: HeightSwitchProps): ReactNode {
  return (
    <Segmented
      label="Height of the chart"
      names={["cut", "full"] as const}
      words={{ cut: `Cut at ${formatCount(cut)}`, full: "Full height" }}
      chosen={full ? "full" : "cut"}
      onChoose={(name) => onFull(name === "full")}
    />
  );
}
