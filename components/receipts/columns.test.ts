import { expect, it } from "vitest";
import { DEFAULT_COLUMNS, fittingColumns, gridTemplate } from "./columns.ts";

const needs = { seqDigits: 4, dated: false };

it("shows every chosen column where there is room", () => {
  expect(fittingColumns(DEFAULT_COLUMNS, 700, needs).map((column) => column.id)).toEqual(
    DEFAULT_COLUMNS,
  );
  expect(fittingColumns(DEFAULT_COLUMNS, 0, needs).length).toBe(7);
});

it("gives up the least important columns first", () => {
  const phone = fittingColumns(DEFAULT_COLUMNS, 320, needs).map((column) => column.id);
  expect(phone).not.toContain("reason");
  expect(phone).toContain("integrity");
  expect(phone).toContain("decision");
  expect(phone).toContain("tool");
});

it("makes a grid of fixed and growing tracks", () => {
  expect(gridTemplate(fittingColumns(["integrity", "tool"], 500, needs))).toBe(
    "26px minmax(0,13fr)",
  );
});
