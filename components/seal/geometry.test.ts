import { describe, expect, it } from "vitest";
import { brokenEdge, CORE_HEXAGON, CORE_OCTAGON, edgeSegment } from "./geometry.ts";

function length(segment: ReturnType<typeof edgeSegment>): number {
  return Math.hypot(segment.to.x - segment.from.x, segment.to.y - segment.from.y);
}

describe("the seal", () => {
  it("starts at the top right and goes clockwise", () => {
    expect(edgeSegment(0).from.x).toBeGreaterThan(40);
    expect(edgeSegment(0).from.y).toBeLessThan(10);
    const right = edgeSegment(1);
    expect(right.from.x).toBe(right.to.x);
    expect(right.from.y).toBeLessThan(right.to.y);
    const left = edgeSegment(4);
    expect(left.from.x).toBe(left.to.x);
    expect(left.from.x).toBeLessThan(40);
    expect(left.from.y).toBeGreaterThan(left.to.y);
  });

  it("leaves 4.5 % of an edge open at each corner", () => {
    for (let index = 0; index < 6; index += 1)
      expect(length(edgeSegment(index))).toBeCloseTo(36 * 0.91, 1);
  });

  it("takes 26 % out of the middle of an edge that fails", () => {
    const [first, second] = brokenEdge(2);
    expect(length(first)).toBeCloseTo(length(second), 1);
    expect(length(first) / (36 * 0.91)).toBeCloseTo(0.37, 2);
  });

  it("draws a hexagon for what fits and an octagon for what does not", () => {
    expect(CORE_HEXAGON.split(" ")).toHaveLength(6);
    expect(CORE_OCTAGON.split(" ")).toHaveLength(8);
  });
});
