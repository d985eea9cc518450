import { expect, it } from "vitest";
import type { PatternRow } from "@/lib/queries/denial-model.ts";
import { cutNote } from "./cut-note.ts";

const day = Date.UTC(2026, 3, 16) / 1000;
const bin = (minute: number, total: number) => ({ from: day + minute * 60, total, counts: [] });
const bins = [bin(110, 90), bin(120, 1448), bin(130, 16_858), bin(140, 12_969), bin(150, 80)];
const pattern: PatternRow = {
  key: {},
  denials: 31_004,
  share: 0.64,
  verified: 31_004,
  claims: 0,
  agents: 1,
  scopes: 1,
  tools: 1,
  topGuard: "scope",
  topAgent: "a",
  topTool: "t",
  topScope: "s",
  first: day + 2 * 3600 + 9 * 60 + 14,
  last: day + 2 * 3600 + 27 * 60 + 41,
  spark: [],
  trend: { earlier: 0, later: 0 },
};

it("names the pattern that fills the bars, and every value that is cut", () => {
  expect(cutNote(bins, 400, 600, [pattern])).toEqual({
    head: "31,004 between 02:09 and 02:27",
    text: "3 bars are cut at 400: 1,448, 16,858 and 12,969",
    from: day + 7200,
    to: day + 9000,
    guard: "scope",
  });
});

it("counts the bars themselves where no pattern lies within them", () => {
  const note = cutNote(bins, 400, 600, [{ ...pattern, last: day + 86_000 }]);
  expect(note?.head).toBe("31,275 between 02:00 and 02:30");
  expect(note?.guard).toBeNull();
  expect(cutNote(bins, 20_000, 600, [pattern])).toBeNull();
});

it("counts the values that are too many to write", () => {
  const many = Array.from({ length: 7 }, (_, at) => bin(at * 20, 500 + at));
  expect(cutNote(many, 400, 600, [])?.text).toBe(
    "7 bars are cut at 400: 500, 501, 502, 503 and 3 more",
  );
});
