import { describe, expect, it } from "vitest";
import type { Histogram } from "@/lib/queries/model.ts";
import { barParts, histogramSpan, tallest } from "./histogram-scale.ts";

const start = Date.UTC(2026, 3, 15, 16, 6) / 1000;
const bin = (index: number, allow: number, deny: number, other = 0) => ({
  from: start + index * 120,
  allow,
  deny,
  other,
  doesNotVerify: 0,
});
const histogram: Histogram = {
  binSeconds: 120,
  bins: [bin(0, 40, 2), bin(1, 30, 0), bin(2, 0, 0), bin(3, 90, 9, 1)],
  absences: [],
};

describe("histogram scale", () => {
  it("covers the first bar's start to the last bar's end", () => {
    expect(histogramSpan(histogram)).toEqual({
      from: start,
      to: start + 480,
      binSeconds: 120,
    });
    expect(histogramSpan({ binSeconds: 60, bins: [], absences: [] })).toBeNull();
  });

  it("puts the rare part on the baseline and never loses a single denial", () => {
    const parts = barParts(bin(0, 9999, 1), 10_000, 60);
    expect(parts.map((part) => part.kind)).toEqual(["deny", "allow"]);
    expect(parts[0]).toEqual({ kind: "deny", y: 58.5, height: 1.5 });
    expect(parts.every((part) => part.y >= 0)).toBe(true);
    expect(barParts(bin(0, 0, 0), 5, 60)).toEqual([]);
    expect(tallest(histogram)).toBe(100);
  });
});
