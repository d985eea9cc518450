import { describe, expect, it } from "vitest";
import type { Histogram } from "@/lib/queries/model.ts";
import {
  axisTicks,
  barParts,
  binWords,
  histogramSpan,
  moveBrush,
  snappedTime,
  tallest,
} from "./histogram-scale.ts";

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
    expect(histogramSpan(histogram)).toEqual({ from: start, to: start + 480 });
    expect(histogramSpan({ binSeconds: 60, bins: [], absences: [] })).toBeNull();
  });

  it("labels round UTC times and keeps them apart", () => {
    const ticks = axisTicks(start, start + 9240, 1290);
    expect(ticks.map((tick) => tick.label)).toEqual([
      "16:15",
      "16:30",
      "16:45",
      "17:00",
      "17:15",
      "17:30",
      "17:45",
      "18:00",
      "18:15",
      "18:30",
    ]);
    expect(axisTicks(start, start + 20, 400).at(0)?.label).toBe("16:06:00");
    expect(axisTicks(start, start + 20 * 86_400, 400).at(0)?.label).toMatch(/^2026-04-/u);
    expect(axisTicks(5, 5, 100)).toEqual([]);
  });

  it("survives times outside what a date can hold", () => {
    expect(axisTicks(1e15, 1e15 + 100, 500).length).toBeGreaterThan(0);
  });

  it("puts the rare part on the baseline and never loses a single denial", () => {
    const parts = barParts(bin(0, 9999, 1), 10_000, 60);
    expect(parts.map((part) => part.kind)).toEqual(["deny", "allow"]);
    expect(parts[0]).toEqual({ kind: "deny", y: 58.5, height: 1.5 });
    expect(parts.every((part) => part.y >= 0)).toBe(true);
    expect(barParts(bin(0, 0, 0), 5, 60)).toEqual([]);
    expect(tallest(histogram)).toBe(100);
  });

  it("names the width of a bar", () => {
    expect(binWords(120)).toBe("2 minutes per bar");
    expect(binWords(3600)).toBe("1 hour per bar");
    expect(binWords(90)).toBe("90 seconds per bar");
  });

  it("snaps a pointer to the edges of bars", () => {
    expect(snappedTime(0, 400, histogram)).toBe(start);
    expect(snappedTime(149, 400, histogram)).toBe(start + 120);
    expect(snappedTime(9999, 400, histogram)).toBe(start + 480);
  });

  it("moves an end without crossing the other", () => {
    const brush = { from: start + 120, to: start + 240 };
    expect(moveBrush(brush, "from", 5, histogram)).toEqual(brush);
    expect(moveBrush(brush, "to", 99, histogram).to).toBe(start + 480);
    expect(moveBrush(brush, "from", -99, histogram).from).toBe(start);
  });
});
