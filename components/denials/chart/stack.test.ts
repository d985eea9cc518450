import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DenialHistogram } from "@/lib/queries/denial-model.ts";
import { chartSpan, cutHeight, gridCounts, roundUp, seriesCounts, stackParts } from "./stack.ts";

const histogram = (totals: readonly number[]): DenialHistogram => ({
  binSeconds: 600,
  bins: totals.map((total, at) => ({ from: at * 600, total, counts: [total] })),
  guards: [{ guard: "g", denials: 0 }],
  other: { guards: 0, denials: 0 },
});

describe("stacks of denials", () => {
  it("cover the first bar's start to the last bar's end", () => {
    expect(chartSpan(histogram([1, 2]))).toEqual({ from: 0, to: 1200, binSeconds: 600 });
    expect(chartSpan(histogram([]))).toBeNull();
  });

  it("put the most frequent guard on top and all that is not named beneath it", () => {
    const bin = { from: 0, total: 100, counts: [50, 20, 10] };
    expect(seriesCounts(bin)).toEqual([0, 50, 20, 10, 0, 0, 20]);
    expect(stackParts(bin, 100, 100)).toEqual([
      { series: 2, y: 80, height: 20 },
      { series: 3, y: 70, height: 10 },
      { series: 6, y: 50, height: 20 },
      { series: 1, y: 0, height: 50 },
    ]);
  });

  it("never lose a denial, nor leave the chart", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100_000), { maxLength: 5 }),
        fc.nat(1000),
        fc.integer({ min: 1, max: 5000 }),
        (counts, others, most) => {
          const total = counts.reduce((all, each) => all + each, others);
          const parts = stackParts({ from: 0, total, counts }, most, 126);
          for (const part of parts) {
            expect(part.y).toBeGreaterThanOrEqual(0);
            expect(part.height).toBeGreaterThan(0);
          }
          if (total <= most) {
            const present = [...counts, others].filter((count) => count > 0).length;
            expect(parts.length).toBeGreaterThanOrEqual(Math.min(present, 1));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("are cut only where a few stand out", () => {
    const day = Array.from({ length: 144 }, (_, at) => 60 + ((at * 37) % 220));
    expect(cutHeight(histogram(day))).toBeNull();
    expect(cutHeight(histogram([...day, 1448, 16_858, 12_969]))).toBe(400);
    expect(cutHeight(histogram([5, 5, 5, 900]))).toBe(6);
    expect(cutHeight(histogram([]))).toBeNull();
    expect(cutHeight(histogram([7]))).toBeNull();
    expect(cutHeight(histogram([0, 0, 3, 0]))).toBeNull();
  });

  it("are measured by round lines", () => {
    expect(roundUp(322)).toBe(400);
    expect(roundUp(0)).toBe(4);
    expect(roundUp(1001)).toBe(1500);
    expect(gridCounts(400)).toEqual([100, 200, 300, 400]);
    expect(gridCounts(1500)).toEqual([375, 750, 1125, 1500]);
    expect(gridCounts(7)).toEqual([7]);
  });
});
