import type { FacetName, ReceiptFilter } from "@/lib/queries/model.ts";

/** The filter that lets every receipt through. */
export const NO_FILTER: ReceiptFilter = { time: null, include: {}, exclude: {}, text: "" };

/** One removable part of a filter, as its chip. */
export type FilterPart =
  | { readonly kind: "time"; readonly from: number; readonly to: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "rows"; readonly count: number }
  | { readonly kind: "include" | "exclude"; readonly name: FacetName; readonly value: string };

export const FACET_NAMES = [
  "decision",
  "integrity",
  "guard",
  "agent",
  "tool",
  "service",
  "form",
  "file",
] as const satisfies readonly FacetName[];

/** The parts in a fixed order: time, text, chosen rows, then facet by facet. */
export function filterParts(filter: ReceiptFilter): FilterPart[] {
  const parts: FilterPart[] = [];
  if (filter.time !== null) parts.push({ kind: "time", ...filter.time });
  if (filter.text !== "") parts.push({ kind: "text", text: filter.text });
  if (filter.rows !== undefined) parts.push({ kind: "rows", count: filter.rows.length });
  for (const name of FACET_NAMES) {
    for (const value of filter.include[name] ?? []) parts.push({ kind: "include", name, value });
    for (const value of filter.exclude[name] ?? []) parts.push({ kind: "exclude", name, value });
  }
  return parts;
}

export function withoutPart(filter: ReceiptFilter, part: FilterPart): ReceiptFilter {
  switch (part.kind) {
    case "time":
      return { ...filter, time: null };
    case "text":
      return { ...filter, text: "" };
    case "rows": {
      const { rows: _, ...rest } = filter;
      return rest;
    }
    case "include":
    case "exclude":
      return { ...filter, [part.kind]: dropped(filter[part.kind], part.name, part.value) };
  }
}

/** Includes the value, or takes it back when it already is included; an exclusion of it ends. */
export function toggleIncluded(
  filter: ReceiptFilter,
  name: FacetName,
  value: string,
): ReceiptFilter {
  return toggled(filter, "include", "exclude", name, value);
}

/** Excludes the value, or takes it back when it already is excluded; an inclusion of it ends. */
export function toggleExcluded(
  filter: ReceiptFilter,
  name: FacetName,
  value: string,
): ReceiptFilter {
  return toggled(filter, "exclude", "include", name, value);
}

function toggled(
  filter: ReceiptFilter,
  into: "include" | "exclude",
  outOf: "include" | "exclude",
  name: FacetName,
  value: string,
): ReceiptFilter {
  const present = filter[into][name] ?? [];
  const next = present.includes(value)
    ? dropped(filter[into], name, value)
    : { ...filter[into], [name]: [...present, value] };
  return { ...filter, [into]: next, [outOf]: dropped(filter[outOf], name, value) };
}

type Values = Readonly<Partial<Record<FacetName, readonly string[]>>>;

/** Lists that become empty disappear, so that equal filters are equal objects and equal links. */
function dropped(lists: Values, name: FacetName, value: string): Values {
  const rest = (lists[name] ?? []).filter((each) => each !== value);
  const next: Partial<Record<FacetName, readonly string[]>> = { ...lists };
  delete next[name];
  return rest.length === 0 ? next : { ...next, [name]: rest };
}
