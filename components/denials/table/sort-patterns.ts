import type { PatternRow } from "@/lib/queries/denial-model.ts";

export const PATTERN_SORTS = [
  "pattern",
  "denials",
  "agents",
  "scopes",
  "first",
  "verified",
] as const;
export type PatternSortColumn = (typeof PATTERN_SORTS)[number];
export interface PatternSort {
  readonly column: PatternSortColumn;
  readonly descending: boolean;
}

/** Patterns in an order; equal ones keep the order in which they came, most frequent first. */
export function sortPatterns(
  patterns: readonly PatternRow[],
  sort: PatternSort,
): readonly PatternRow[] {
  const turn = sort.descending ? -1 : 1;
  return patterns
    .map((row, at) => ({ row, at }))
    .sort((a, b) => turn * compare(a.row, b.row, sort.column) || a.at - b.at)
    .map(({ row }) => row);
}

function compare(a: PatternRow, b: PatternRow, column: PatternSortColumn): number {
  switch (column) {
    case "pattern":
      return byText(a.topAgent, b.topAgent) || byText(a.topTool, b.topTool);
    case "denials":
      return a.denials - b.denials;
    case "agents":
      return a.agents - b.agents;
    case "scopes":
      return a.scopes - b.scopes;
    case "first":
      // A pattern without a time comes after all others.
      return (a.first ?? Number.MAX_VALUE) - (b.first ?? Number.MAX_VALUE);
    case "verified":
      return a.verified / Math.max(a.denials, 1) - b.verified / Math.max(b.denials, 1);
  }
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
