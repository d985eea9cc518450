import type { DenialFacet, DenialFilter, PatternPart } from "@/lib/queries/denial-model.ts";
import { MOST_ROWS } from "@/lib/queries/model.ts";
import { codedWords, type Parameter, wholeSecond } from "./filter-parameters.ts";

/** The order of the facets in `set-denial-filter.sql`: each stands there twice, wanted and unwanted. */
const FACET_ORDER = [
  "guard",
  "agent",
  "scope",
  "tool",
  "topic",
  "evidence",
  "policy",
  "reason",
  "group",
  "service",
  "file",
] as const satisfies readonly DenialFacet[];

/** The order of the parts in `set-denial-parts.sql`. */
const PART_ORDER = [
  "guard",
  "tool",
  "scope",
  "agent",
  "reason",
] as const satisfies readonly PatternPart[];

/** The parameters of `set-denial-filter.sql` for a filter, `$1` first. */
export function denialParameters(filter: DenialFilter): readonly Parameter[] {
  const text = filter.text.trim();
  return [
    filter.time === null ? null : wholeSecond(filter.time.from),
    filter.time === null ? null : wholeSecond(filter.time.to),
    text === "" ? null : text,
    filter.claims ? "yes" : "no",
    ...FACET_ORDER.flatMap((facet) => [
      codedWords(filter.include[facet]),
      codedWords(filter.exclude[facet]),
    ]),
    filter.rows === undefined ? null : filter.rows.slice(0, MOST_ROWS).join(","),
  ];
}

/** The parameters of `set-denial-parts.sql`. */
export function partParameters(parts: readonly PatternPart[]): readonly Parameter[] {
  return PART_ORDER.map((part) => (parts.includes(part) ? "yes" : "no"));
}

/** No filter at all, which is also what the views are created under. */
export const NO_DENIAL_FILTER: readonly Parameter[] = denialParameters({
  time: null,
  include: {},
  exclude: {},
  text: "",
  claims: false,
});
