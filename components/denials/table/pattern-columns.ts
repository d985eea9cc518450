import type { PatternSortColumn } from "./sort-patterns.ts";

export interface PatternColumn {
  readonly id:
    | "pattern"
    | "denials"
    | "share"
    | "agents"
    | "scopes"
    | "first"
    | "spark"
    | "verified";
  readonly label: string;
  readonly sort: PatternSortColumn | null;
  readonly align: "start" | "end";
  /** Classes for screens where not all columns have room. */
  readonly narrow: string;
}

export const PATTERN_COLUMNS: readonly PatternColumn[] = [
  {
    id: "pattern",
    label: "pattern",
    sort: "pattern",
    align: "start",
    narrow: "sm:-ml-2 sm:pl-2 max-sm:basis-full",
  },
  { id: "denials", label: "denials", sort: "denials", align: "end", narrow: "max-sm:pl-5" },
  { id: "share", label: "share", sort: "denials", align: "end", narrow: "" },
  {
    id: "agents",
    label: "agents",
    sort: "agents",
    align: "end",
    narrow: "max-sm:hidden max-lg:hidden",
  },
  {
    id: "scopes",
    label: "scopes",
    sort: "scopes",
    align: "end",
    narrow: "max-sm:hidden max-lg:hidden",
  },
  { id: "first", label: "first to last", sort: "first", align: "end", narrow: "" },
  {
    id: "spark",
    label: "trend",
    sort: null,
    align: "start",
    narrow: "max-sm:hidden max-md:hidden",
  },
  { id: "verified", label: "verified", sort: "verified", align: "end", narrow: "max-sm:ml-auto" },
];
