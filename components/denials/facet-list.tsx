"use client";

import { Check, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { EVIDENCE } from "@/lib/denials/model.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialFacet, DenialFacetValues, DenialFilter } from "@/lib/queries/denial-model.ts";
import { EvidenceIcon } from "./evidence-icon.tsx";
import { FACET_TITLES, facetValueWords } from "./facet-words.ts";
import { type FilterMode, toggled } from "./filter-values.ts";

/** How many values a facet shows before it is opened up. */
const SHORT = 6;

interface FacetListProps {
  readonly facets: readonly DenialFacetValues[];
  readonly filter: DenialFilter;
  readonly onFilter: (filter: DenialFilter) => void;
}

/** The values of each facet with their counts: a press keeps a value, its cross leaves it out. */
export function FacetList({ facets, filter, onFilter }: FacetListProps): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      {facets.map((facet) => (
        <FacetGroup key={facet.name} facet={facet} filter={filter} onFilter={onFilter} />
      ))}
    </div>
  );
}

function FacetGroup({
  facet,
  filter,
  onFilter,
}: Omit<FacetListProps, "facets"> & { readonly facet: DenialFacetValues }): ReactNode {
  const [open, setOpen] = useState(false);
  const { name } = facet;
  const values = open ? facet.values : facet.values.slice(0, SHORT);
  const most = Math.max(facet.values[0]?.count ?? 1, 1);
  const toggle = (mode: FilterMode, value: string) => onFilter(toggled(filter, mode, name, value));
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="flex w-full items-baseline justify-between px-1.5 pb-1">
        <span className="font-semibold text-12 text-ink">{FACET_TITLES[name]}</span>
        {facet.distinct > values.length && (
          <span className="text-11 text-muted">
            top {values.length} of {formatCount(facet.distinct)}
          </span>
        )}
      </legend>
      {values.map(({ value, count }) => (
        <FacetRow
          key={value}
          name={name}
          value={value}
          count={count}
          share={count / most}
          kept={filter.include[name]?.includes(value) ?? false}
          left={filter.exclude[name]?.includes(value) ?? false}
          onToggle={(mode) => toggle(mode, value)}
        />
      ))}
      {facet.values.length > SHORT && (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          className="mt-0.5 min-h-6 cursor-pointer rounded-control px-1.5 text-12 text-accent underline-offset-2 hover:underline"
        >
          {open ? "Show fewer" : `Show ${facet.values.length - SHORT} more`}
        </button>
      )}
    </fieldset>
  );
}

interface FacetRowProps {
  readonly name: DenialFacet;
  readonly value: string;
  readonly count: number;
  readonly share: number;
  readonly kept: boolean;
  readonly left: boolean;
  readonly onToggle: (mode: FilterMode) => void;
}

function FacetRow({ name, value, count, share, kept, left, onToggle }: FacetRowProps): ReactNode {
  const words = facetValueWords(name, value);
  const evidence = name === "evidence" ? EVIDENCE.find((each) => each === value) : undefined;
  return (
    <div className="relative flex h-6 items-center pointer-coarse:h-11">
      <span
        aria-hidden="true"
        style={{ width: `${Math.max(share * 100, 1)}%` }}
        className={`absolute inset-y-[2px] left-0 max-w-[calc(100%-28px)] rounded-control ${kept ? "bg-selected" : "bg-facet"}`}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: an input could hold neither the fill nor the count. */}
      <button
        type="button"
        role="checkbox"
        aria-checked={kept}
        aria-label={`${words}, ${formatCount(count)}${left ? ", left out" : ""}`}
        title={words}
        onClick={() => onToggle("include")}
        onKeyDown={(event) => {
          if (event.key !== "x" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onToggle("exclude");
        }}
        className="relative flex h-full min-w-0 flex-1 cursor-pointer items-center gap-1.5 rounded-control px-1.5 text-left text-12"
      >
        {kept && <Check aria-hidden="true" className="size-3.5 shrink-0 text-accent" />}
        {evidence !== undefined && <EvidenceIcon evidence={evidence} size={14} silent />}
        <bdi className={`truncate ${left ? "text-muted line-through" : "text-fact"}`}>{words}</bdi>
        <span className="ml-auto pl-2 text-ink tabular-nums">{formatCount(count)}</span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={left ? `Stop leaving out ${words}` : `Leave out ${words}`}
        title={left ? "Stop leaving out" : "Leave out (x)"}
        onClick={() => onToggle("exclude")}
        className="relative grid size-6 shrink-0 cursor-pointer place-items-center rounded-control text-muted hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </div>
  );
}
