import { X } from "lucide-react";
import type { ReactNode } from "react";
import { plural } from "@/lib/display/numbers.ts";
import { formatDate, formatRange, formatTime } from "@/lib/display/time.ts";
import type { ReceiptFilter } from "@/lib/queries/model.ts";
import { facetTitle, facetWords } from "./facet-words.ts";
import { type FilterPart, filterParts, withoutPart } from "./filter-edit.ts";
import { visibleText } from "./visible-text.ts";

interface FilterChipsProps {
  readonly filter: ReceiptFilter;
  readonly onFilter: (filter: ReceiptFilter) => void;
}

/** One chip for each part of the filter, each with a cross that removes it. */
export function FilterChips({ filter, onFilter }: FilterChipsProps): ReactNode {
  return filterParts(filter).map((part) => (
    <Chip
      key={JSON.stringify(part)}
      part={part}
      onRemove={() => onFilter(withoutPart(filter, part))}
    />
  ));
}

function Chip({
  part,
  onRemove,
}: {
  readonly part: FilterPart;
  readonly onRemove: () => void;
}): ReactNode {
  const { name, value } = partWords(part);
  return (
    <span className="inline-flex h-7 max-w-full items-stretch overflow-hidden rounded-control border border-border bg-surface text-12">
      <span className="flex items-center border-hair border-r px-2 text-muted">{name}</span>
      <span className="flex min-w-0 items-center px-2 font-semibold text-ink">
        <bdi className="truncate">{value}</bdi>
      </span>
      <button
        type="button"
        aria-label={`Remove ${name} ${value}`}
        title="Remove"
        onClick={onRemove}
        className="grid w-7 shrink-0 cursor-pointer place-items-center border-hair border-l text-fact outline-offset-[-2px] hover:bg-sunken"
      >
        <X aria-hidden="true" size={12} />
      </button>
    </span>
  );
}

/** A part of a filter as its name and value: `time` `16:30 to 17:16`. */
export function partWords(part: FilterPart): { readonly name: string; readonly value: string } {
  switch (part.kind) {
    case "time":
      return { name: "time", value: timeWords(part.from, part.to) };
    case "text":
      return { name: "text", value: visibleText(part.text) };
    case "rows":
      return { name: "chosen", value: plural(part.count, "receipt") };
    case "include":
      return {
        name: facetTitle(part.name).toLowerCase(),
        value: facetWords(part.name, part.value),
      };
    case "exclude":
      return {
        name: `${facetTitle(part.name).toLowerCase()} not`,
        value: facetWords(part.name, part.value),
      };
  }
}

function timeWords(from: number, to: number): string {
  if (formatDate(from) !== formatDate(to)) return formatRange({ from, to }).replace(/ UTC$/u, "");
  const round = from % 60 === 0 && to % 60 === 0;
  const clock = (at: number) => formatTime(at).slice(0, round ? 5 : 8);
  return `${clock(from)} to ${clock(to)}`;
}
