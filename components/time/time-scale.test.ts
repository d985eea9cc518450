import { describe, expect, it } from "vitest";
import { axisTicks, binWords, moveBrush, snappedTime } from "./time-scale.ts";

const start = Date.UTC(2026, 3, 15, 16, 6) / 1000;
const bins = { from: start, to: start + 480, binSeconds: 120 };

describe("time scale", () => {
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

  it("names the width of a bar", () => {
    expect(binWords(120)).toBe("2 minutes per bar");
    expect(binWords(3600)).toBe("1 hour per bar");
    expect(binWords(90)).toBe("90 seconds per bar");
  });

  it("snaps a pointer to the edges of bars", () => {
    expect(snappedTime(0, 400, bins)).toBe(start);
    expect(snappedTime(149, 400, bins)).toBe(start + 120);
    expect(snappedTime(9999, 400, bins)).toBe(start + 480);
  });

  it("moves an end without crossing the other", () => {
    const brush = { from: start + 120, to: start + 240 };
    expect(moveBrush(brush, "from", 5, bins)).toEqual(brush);
    expect(moveBrush(brush, "to", 99, bins).to).toBe(start + 480);
    expect(moveBrush(brush, "from", -99, bins).from).toBe(start);
  });
});
