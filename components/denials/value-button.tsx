import type { MouseEvent, ReactNode } from "react";
import type { DenialFacet } from "@/lib/queries/denial-model.ts";
import { FACET_TITLES, facetValueWords } from "./facet-words.ts";
import type { FilterMode } from "./filter-values.ts";

export type OnValue = (mode: FilterMode, name: DenialFacet, value: string) => void;

interface ValueButtonProps {
  readonly name: DenialFacet;
  readonly value: string;
  readonly onValue: OnValue;
}

/** A value of a log that filters: a press keeps it, `x` or the other mouse button leaves it out. */
export function ValueButton({ name, value, onValue }: ValueButtonProps): ReactNode {
  const words = facetValueWords(name, value);
  const leaveOut = (event: MouseEvent) => {
    event.preventDefault();
    onValue("exclude", name, value);
  };
  return (
    <button
      type="button"
      title={`Show only ${FACET_TITLES[name].toLowerCase()} ${words}; x leaves it out`}
      onClick={(event) => onValue(event.altKey ? "exclude" : "include", name, value)}
      onContextMenu={leaveOut}
      onKeyDown={(event) => {
        if (event.key !== "x" || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        onValue("exclude", name, value);
      }}
      className="inline-block min-h-6 max-w-full cursor-pointer truncate rounded-control text-left align-middle hover:underline pointer-coarse:min-h-11"
    >
      <bdi className={value === "" || name === "evidence" ? "" : "font-mono"}>{words}</bdi>
    </button>
  );
}
