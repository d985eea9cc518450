import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { plural } from "@/lib/display/numbers.ts";
import type { DenialFilter, DenialTotals } from "@/lib/queries/denial-model.ts";
import { FilterChips } from "./filter-chips.tsx";

interface NoDenialsProps {
  readonly totals: DenialTotals;
  /** Shows claims too, where they were left out. */
  readonly onClaims: () => void;
}

/** Nothing was denied: good news, said so. */
export function NoDenials({ totals, onClaims }: NoDenialsProps): ReactNode {
  const rest =
    totals.everyReceipt === 0
      ? "No receipt is loaded."
      : `${plural(totals.everyReceipt, "other receipt")} loaded.`;
  return (
    <Centred>
      <h1 className="font-semibold text-20">No denials. {rest}</h1>
      {totals.claims > 0 ? (
        <button type="button" onClick={onClaims} className={buttonStyle("secondary", true)}>
          Show {plural(totals.claims, "claim")}
        </button>
      ) : (
        <Link href="/receipts" className={buttonStyle("secondary", true)}>
          See the receipts
        </Link>
      )}
    </Centred>
  );
}

interface NothingMatchesProps {
  readonly every: number;
  readonly filter: DenialFilter;
  readonly onFilter: (filter: DenialFilter) => void;
}

/** No denial passes: each part of the filter can be taken away with one press. */
export function NothingMatches({ every, filter, onFilter }: NothingMatchesProps): ReactNode {
  return (
    <Centred>
      <h1 className="font-semibold text-16">0 of {plural(every, "denial")} match</h1>
      <p className="text-13 text-fact">Take away what is too much:</p>
      <div className="flex max-w-full flex-wrap justify-center gap-2">
        <FilterChips filter={filter} onFilter={onFilter} />
      </div>
    </Centred>
  );
}

function Centred({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex min-h-[240px] flex-1 flex-col items-center justify-center gap-3 text-balance p-6 text-center">
      {children}
    </div>
  );
}
