import { X } from "lucide-react";
import type { ReactNode } from "react";
import type { DenialFilter } from "@/lib/queries/denial-model.ts";
import { partWords } from "./facet-words.ts";
import { filterParts, withoutPart } from "./filter-values.ts";

interface FilterChipsProps {
  readonly filter: DenialFilter;
  readonly onFilter: (filter: DenialFilter) => void;
}

/** One chip for each part of the filter, each with a cross that removes it. */
export function FilterChips({ filter, onFilter }: FilterChipsProps): ReactNode {
  return filterParts(filter).map((part) => {
    const { name, value } = partWords(part);
    return (
      <span
        key={JSON.stringify(part)}
        className="inline-flex h-7 max-w-full items-stretch overflow-hidden rounded-control border border-border bg-surface text-12 pointer-coarse:h-11"
      >
        <span className="flex items-center whitespace-nowrap border-hair border-r px-2 text-muted">
          {name}
        </span>
        <span className="flex min-w-0 items-center px-2 font-semibold text-ink">
          <bdi className="truncate">{value}</bdi>
        </span>
        <button
          type="button"
          aria-label={`Remove ${name} ${value}`}
          title="Remove"
          onClick={() => onFilter(withoutPart(filter, part))}
          className="grid w-7 shrink-0 cursor-pointer place-items-center border-hair border-l text-fact outline-offset-[-2px] hover:bg-sunken pointer-coarse:w-11"
        >
          <X aria-hidden="true" size={12} />
        </button>
      </span>
    );
  });
}
