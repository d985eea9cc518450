import type { Question } from "@/lib/database/database.ts";
import { denialParameters, partParameters } from "@/lib/database/denial-parameters.ts";
import type { QuestionName } from "@/lib/sql/statements.ts";
import type {
  DenialFacet,
  DenialFilter,
  DenialNumber,
  PatternKey,
  PatternPart,
} from "./denial-model.ts";
import { PATTERN_PARTS } from "./denial-model.ts";

export type DenialSortColumn = "time" | "agent" | "guard" | "tool" | "scope" | "evidence";
export interface DenialSort {
  readonly column: DenialSortColumn;
  readonly descending: boolean;
}

/** Fields that {@link matrixQuestion} can count by. */
export type MatrixField = "agent" | "guard" | "scope" | "tool" | "topic" | "group";

/** A question about denials: its filter as it was asked for, which {@link denialSql} writes out. */
export interface DenialQuestion extends Question {
  readonly filter: DenialFilter;
}

/** The denials of one pattern among those that pass a filter. */
export function patternFilter(filter: DenialFilter, key: PatternKey): DenialFilter {
  const include: Partial<Record<DenialFacet, readonly string[]>> = { ...filter.include };
  for (const part of PATTERN_PARTS) {
    const value = key[part];
    if (value !== undefined) {
      include[part] = [value];
    }
  }
  return { ...filter, include };
}

export function denialTotalsQuestion(
  filter: DenialFilter,
  parts: readonly PatternPart[],
): DenialQuestion {
  return ask("denialTotals", filter, [partsSetting(parts)]);
}

export function denialHistogramQuestion(filter: DenialFilter, binSeconds: number): DenialQuestion {
  return ask("denialHistogram", filter, [{ name: "setBin", parameters: [binSeconds] }]);
}

export function patternsQuestion(
  filter: DenialFilter,
  parts: readonly PatternPart[],
): DenialQuestion {
  return ask("denialPatterns", filter, [partsSetting(parts)]);
}

/** A facet's own restriction does not narrow its own list: what was left out can be chosen again. */
export function denialFacetQuestion(filter: DenialFilter, facet: DenialFacet): DenialQuestion {
  const others: DenialFilter = {
    ...filter,
    include: { ...filter.include, [facet]: [] },
    exclude: { ...filter.exclude, [facet]: [] },
  };
  return ask("denialFacet", others, [{ name: "setFacet", parameters: [facet] }]);
}

export function denialOrderQuestion(filter: DenialFilter, sort: DenialSort): DenialQuestion {
  const name = sort.descending ? "denialOrderDesc" : "denialOrderAsc";
  return ask(name, filter, [{ name: "setSort", parameters: [sort.column] }]);
}

export function denialPageQuestion(numbers: readonly DenialNumber[]): Question {
  return { name: "denialPage", settings: [{ name: "setRows", parameters: [numbers.join(",")] }] };
}

export function matrixQuestion(
  filter: DenialFilter,
  row: MatrixField,
  column: MatrixField,
): DenialQuestion {
  return ask("denialMatrix", filter, [{ name: "setDenialMatrix", parameters: [row, column] }]);
}

export function probesQuestion(filter: DenialFilter, windowSeconds: number): DenialQuestion {
  const seconds = Math.max(0, Math.floor(windowSeconds));
  return ask("denialProbes", filter, [{ name: "setDenialWindow", parameters: [seconds] }]);
}

/** Questions that take nothing but a filter. */
export function denialQuestion(
  name: Extract<
    QuestionName,
    | "denialList"
    | "denialPolicies"
    | "denialRange"
    | "denialPrevalence"
    | "denialFirstSeen"
    | "denialSpread"
    | "denialRetries"
    | "denialCosts"
    | "denialGroups"
    | "denialCoverage"
    | "denialFailures"
    | "denialChainPosition"
    | "denialReadingPolicy"
    | "denialReadingRetries"
    | "denialReadingActors"
    | "denialReadingTools"
    | "denialReadingAsked"
  >,
  filter: DenialFilter,
): DenialQuestion {
  return ask(name, filter, []);
}

function ask(
  name: QuestionName,
  filter: DenialFilter,
  settings: Question["settings"],
): DenialQuestion {
  const parameters = denialParameters(filter);
  return { name, filter, settings: [{ name: "setDenialFilter", parameters }, ...settings] };
}

function partsSetting(parts: readonly PatternPart[]): Question["settings"][number] {
  return { name: "setDenialParts", parameters: partParameters(parts) };
}
