import { expect, test } from "vitest";
import { timed } from "./timed.ts";

test("gives what the work gave, and keeps one measure of each name", () => {
  expect(timed("a piece of work", () => 1)).toBe(1);
  expect(timed("a piece of work", () => 2)).toBe(2);
  expect(performance.getEntriesByName("a piece of work", "measure").length).toBe(1);
});

test("hands on what the work throws", () => {
  const failing = (): never => {
    throw new RangeError("no");
  };
  expect(() => timed("failing work", failing)).toThrow(RangeError);
  expect(performance.getEntriesByName("failing work").length).toBe(0);
});
