"use client";

import { Check, X } from "lucide-react";
import { type MouseEvent, type ReactNode, useState } from "react";
import type { Facet, FacetName, FacetValue, ReceiptFilter } from "@/lib/queries/model.ts";
import { FacetLabel } from "./facet-label.tsx";
import { facetTitle, facetWords } from "./facet-words.ts";
import { toggleExcluded, toggleIncluded } from "./filter-edit.ts";

/** How many values a facet shows before it is opened up. */
const SHORT = 5;

export interface FacetRailProps {
  readonly facets: readonly Facet[];
  readonly filter: ReceiptFilter;
  readonly onFilter: (filter: ReceiptFilter) => void;
}

/** The values of each facet with their counts: a click keeps a value, its cross leaves it out. */
export function FacetRail({ facets, filter, onFilter }: FacetRailProps): ReactNode {
  return (
    <div className="flex flex-col gap-3">
      {facets
        .filter((facet) => worthShowing(facet, filter))
        .map((facet) => (
          <FacetGroup key={facet.name} facet={facet} filter={filter} onFilter={onFilter} />
        ))}
    </div>
  );
}

/** A facet with one value says nothing, unless it is a state or already filters. */
function worthShowing(facet: Facet, filter: ReceiptFilter): boolean {
  if (usedValues(facet, filter).length > 0) return true;
  const always = facet.name === "decision" || facet.name === "integrity" || facet.name === "guard";
  return facet.distinct > (always ? 0 : 1);
}

function usedValues(facet: Facet, filter: ReceiptFilter): readonly string[] {
  return [...(filter.include[facet.name] ?? []), ...(filter.exclude[facet.name] ?? [])];
}

/** The most frequent values; those that filter now stay, even where none of their receipts is left. */
function shownValues(facet: Facet, filter: ReceiptFilter, open: boolean): readonly FacetValue[] {
  const used = new Set(usedValues(facet, filter));
  const listed = facet.values.filter((each, at) => open || at < SHORT || used.has(each.value));
  for (const each of listed) used.delete(each.value);
  return [...listed, ...[...used].map((value) => ({ value, count: 0 }))];
}

function FacetGroup({
  facet,
  filter,
  onFilter,
}: Omit<FacetRailProps, "facets"> & { readonly facet: Facet }): ReactNode {
  const [open, setOpen] = useState(false);
  const values = shownValues(facet, filter, open);
  const cut = facet.distinct > values.length;
  const most = Math.max(facet.values[0]?.count ?? 1, 1);
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="flex w-full items-baseline justify-between px-1.5 pb-1">
        <span className="font-semibold text-12 text-ink">{facetTitle(facet.name)}</span>
        {cut && (
          <span className="text-11 text-muted">
            top {values.length} of {facet.distinct.toLocaleString("en-US")}
          </span>
        )}
      </legend>
      {values.map((each) => (
        <FacetRow
          key={each.value}
          name={facet.name}
          value={each.value}
          count={each.count}
          share={each.count / most}
          state={stateOf(filter, facet.name, each.value)}
          onInclude={() => onFilter(toggleIncluded(filter, facet.name, each.value))}
          onExclude={() => onFilter(toggleExcluded(filter, facet.name, each.value))}
        />
      ))}
      {facet.values.length > SHORT && (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          className="mt-0.5 h-6 rounded-control px-1.5 text-12 text-accent underline-offset-2 hover:underline"
        >
          {open ? "Show fewer" : `Show ${facet.values.length - SHORT} more`}
        </button>
      )}
    </fieldset>
  );
}

type FacetState = "free" | "included" | "excluded";

function stateOf(filter: ReceiptFilter, name: FacetName, value: string): FacetState {
  if (filter.include[name]?.includes(value)) return "included";
  return filter.exclude[name]?.includes(value) ? "excluded" : "free";
}

interface FacetRowProps {
  readonly name: FacetName;
  readonly value: string;
  readonly count: number;
  readonly share: number;
  readonly state: FacetState;
  readonly onInclude: () => void;
  readonly onExclude: () => void;
}

function FacetRow({
  name,
  value,
  count,
  share,
  state,
  onInclude,
  onExclude,
}: FacetRowProps): ReactNode {
  const words = facetWords(name, value);
  const exclude = (event: MouseEvent) => {
    event.preventDefault();
    onExclude();
  };
  return (
    <div className="group relative flex h-6 items-center pointer-coarse:h-11">
      <span
        aria-hidden="true"
        style={{ width: `${Math.max(share * 100, 1)}%` }}
        className={`absolute inset-y-[2px] left-0 rounded-control ${state === "included" ? "bg-selected" : "bg-facet"}`}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: an input could hold neither the fill nor the count. */}
      <button
        type="button"
        role="checkbox"
        aria-checked={state === "included"}
        aria-label={`${words}, ${count.toLocaleString("en-US")}${state === "excluded" ? ", left out" : ""}`}
        title={words}
        onClick={(event) => (event.altKey ? onExclude() : onInclude())}
        onContextMenu={exclude}
        onKeyDown={(event) => {
          if (event.key === "x" && !event.ctrlKey && !event.metaKey) onExclude();
        }}
        className="relative flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-control px-1.5 text-left text-12"
      >
        {state === "included" && (
          <Check aria-hidden="true" className="size-3.5 shrink-0 text-accent" />
        )}
        <FacetLabel name={name} value={value} words={words} struck={state === "excluded"} />
        <span
          className={`ml-auto pl-2 text-ink tabular-nums group-focus-within:pr-6 group-hover:pr-6 ${state === "excluded" ? "pr-6" : ""}`}
        >
          {count.toLocaleString("en-US")}
        </span>
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={state === "excluded" ? `Stop leaving out ${words}` : `Leave out ${words}`}
        title={state === "excluded" ? "Stop leaving out" : "Leave out (x)"}
        onClick={onExclude}
        className={`absolute right-0 grid size-6 place-items-center rounded-control text-muted hover:text-ink ${
          state === "excluded"
            ? ""
            : "opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
        }`}
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </div>
  );
}
