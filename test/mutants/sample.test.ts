import { expect, test } from "vitest";
import { type Mutant, mutantsOf } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import { sampleOf } from "./sample.ts";
import { keysOf, type ReviewedSurvivor, reviewOf } from "./survivors.ts";

const source = Array.from(
  { length: 50 },
  (_, line) => `if (a > ${line}) { f(); } else { g(); }`,
).join("\n");
const mutants = mutantsOf("sample.ts", source, changesOf("sample.ts", source), 1);

test("a sample is spread over all lines and is the same for the same seed", () => {
  const sample = sampleOf(mutants, 100, 7);
  expect(sample).toHaveLength(100);
  expect(new Set(sample.map(({ line }) => line)).size).toBe(50);
  expect(sampleOf(mutants, 100, 7)).toEqual(sample);
  expect(sampleOf(mutants, 100, 8)).not.toEqual(sample);
  expect(sampleOf(mutants, 1e6, 7)).toHaveLength(mutants.length);
});

test("a change in one file leaves the sample of the others, and no file is left out", () => {
  const other = mutantsOf("other.ts", "f(1);", changesOf("other.ts", "f(1);"), 1000);
  const lines = (all: readonly Mutant[]) =>
    all.filter(({ file }) => file === "sample.ts").map(({ line, operator }) => [line, operator]);
  const both = sampleOf([...mutants, ...other], 100, 7);
  expect(lines(both)).toEqual(lines(sampleOf(mutants, 100, 7)));
  expect(both.filter(({ file }) => file === "other.ts")).toHaveLength(1);
});

test("a review belongs to one change, wherever its line has gone, and needs a reason", () => {
  const keys = [...keysOf(mutants).values()];
  const drops = keys.filter(({ operator }) => operator === "dropped-statement");
  const [first, second] = drops.filter(({ original }) => original === "f();");
  expect([first?.nth, second?.nth]).toEqual([0, 1]);
  if (first === undefined || second === undefined) {
    throw new Error("no such mutants");
  }
  const review: ReviewedSurvivor = { ...first, kind: "equivalent", reason: "f does nothing" };
  expect(reviewOf(first, [review])).toBe(review);
  expect(reviewOf(second, [review])).toBeNull();
  expect(reviewOf(first, [{ ...review, reason: " " }])).toBeNull();
});
