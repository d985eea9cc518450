import { expect, it } from "vitest";
import type { PatternRow } from "@/lib/queries/denial-model.ts";
import { type PatternSort, sortPatterns } from "./sort-patterns.ts";

const row = (
  topAgent: string,
  denials: number,
  verified: number,
  first: number | null,
): PatternRow => ({
  key: { guard: topAgent },
  denials,
  share: 0,
  verified,
  claims: 0,
  agents: 1,
  scopes: 1,
  tools: 1,
  topGuard: "g",
  topAgent,
  topTool: "t",
  topScope: "s",
  first,
  last: first,
  spark: [],
  trend: { earlier: 0, later: 0 },
});
const rows = [row("c", 90, 90, 5), row("a", 50, 25, null), row("b", 10, 9, 1)];
const sorted = (column: PatternSort["column"], descending: boolean) =>
  sortPatterns(rows, { column, descending }).map(({ topAgent }) => topAgent);

it("sorts patterns, and leaves equal ones as they came", () => {
  expect(sorted("denials", true)).toEqual(["c", "a", "b"]);
  expect(sorted("denials", false)).toEqual(["b", "a", "c"]);
  expect(sorted("pattern", false)).toEqual(["a", "b", "c"]);
  expect(sorted("first", false)).toEqual(["b", "c", "a"]);
  expect(sorted("verified", false)).toEqual(["a", "b", "c"]);
  expect(sorted("agents", true)).toEqual(["c", "a", "b"]);
});
