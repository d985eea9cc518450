import { describe, expect, it } from "vitest";
import { curvePoints, nearestStop, thresholdStops } from "./threshold-scale.ts";

describe("stops of the threshold's slider", () => {
  it("end one past the peak, where the rule is silent", () => {
    expect(thresholdStops({ kind: "count" }, 4)).toEqual([1, 2, 3, 4, 5]);
    expect(thresholdStops({ kind: "count" }, 0)).toHaveLength(20);
  });

  it("stay few and ascend, however high the peak", () => {
    for (const peak of [19, 20, 21, 23, 31_004, 1_000_000]) {
      const stops = thresholdStops({ kind: "count" }, peak);
      expect(stops.every((stop, at) => at === 0 || stop > (stops[at - 1] ?? 0))).toBe(true);
      expect(stops.slice(-2)).toEqual([peak, peak + 1]);
      expect(stops.length).toBeLessThan(110);
    }
  });

  it("are the nearest of a threshold that is none of them", () => {
    expect(nearestStop([1, 2, 10], 7)).toBe(2);
    expect(nearestStop([1, 2, 10], 500)).toBe(2);
  });
});

describe("the curve under the slider", () => {
  it("stands on the slider's axis and grows with the firings", () => {
    const curve = [
      { threshold: 1, fired: 255 },
      { threshold: 3, fired: 1 },
      { threshold: 5, fired: 0 },
    ];
    expect(curvePoints([1, 2, 3, 4, 5], curve)).toEqual([
      { x: 0, y: 1 },
      { x: 0.5, y: 1 / 8 },
      { x: 1, y: 0 },
    ]);
    expect(curvePoints([1, 2], [{ threshold: 1, fired: 0 }])).toEqual([]);
  });
});
