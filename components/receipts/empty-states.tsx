import { FolderOpen } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { ReceiptFilter } from "@/lib/queries/model.ts";
import { FilterChips } from "./filter-chips.tsx";

/** Nothing is loaded yet: what the page would show, and where to begin. */
export function NothingLoaded({ text }: { readonly text: string }): ReactNode {
  return (
    <Centred>
      <h1 className="font-semibold text-20">No receipts yet</h1>
      <p className="max-w-[44ch] text-14 text-fact">{text}</p>
      <Link href="/" className={buttonStyle("primary", true)}>
        <FolderOpen aria-hidden="true" size={16} />
        Open files
      </Link>
    </Centred>
  );
}

/** The files held no receipt, or the self-test refuses to let any be judged. */
export function NoReceipts({
  title,
  text,
}: {
  readonly title: string;
  readonly text: string;
}): ReactNode {
  return (
    <Centred>
      <h2 className="font-semibold text-16">{title}</h2>
      <p className="max-w-[48ch] text-13 text-fact">{text}</p>
      <Link href="/verify" className={buttonStyle("secondary", true)}>
        See the verdict
      </Link>
    </Centred>
  );
}

interface NothingMatchesProps {
  readonly every: number;
  readonly filter: ReceiptFilter;
  readonly onFilter: (filter: ReceiptFilter) => void;
}

/** No receipt matches: each part of the filter can be taken away with one click. */
export function NothingMatches({ every, filter, onFilter }: NothingMatchesProps): ReactNode {
  return (
    <Centred>
      <h2 className="font-semibold text-16">0 of {formatCount(every)} match</h2>
      <p className="text-13 text-fact">Take away what is too much:</p>
      <div className="flex max-w-full flex-wrap justify-center gap-2">
        <FilterChips filter={filter} onFilter={onFilter} />
      </div>
    </Centred>
  );
}

function Centred({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className="flex h-full min-h-[240px] flex-col items-center justify-center gap-3 text-balance p-6 text-center">
      {children}
    </div>
  );
}
