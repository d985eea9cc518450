import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countCrossings } from "./crossings.ts";
import { layoutGraph } from "./layout-graph.ts";
import { levelOf, obstaclesOf } from "./tracks.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Every pair of edges in every gap, as the definition says it. */
function slowly(points: readonly Point[], edges: readonly (readonly [number, number])[]): number {
  const obstacles = obstaclesOf(
    points.map((point) => point.x),
    points.map((point) => point.y),
  );
  const heights = edges.map(([a, b]) => {
    const from = points[a];
    const to = points[b];
    if (from === undefined || to === undefined || to.x <= from.x) return new Map<number, Point>();
    const level = to.x === from.x + 1 ? to.y : levelOf(obstacles, from, to);
    const gaps = new Map<number, Point>();
    for (let gap = from.x; gap < to.x; gap++) {
      const left = gap === from.x ? from.y : level;
      gaps.set(gap, { x: left, y: gap === to.x - 1 ? to.y : level });
    }
    return gaps;
  });
  let crossings = 0;
  heights.forEach((one, index) => {
    for (const other of heights.slice(index + 1)) {
      for (const [gap, a] of one) {
        const b = other.get(gap);
        if (b !== undefined && (a.x - b.x) * (a.y - b.y) < 0) crossings++;
      }
    }
  });
  return crossings;
}

function counted(points: readonly Point[], edges: readonly (readonly [number, number])[]): number {
  const nodes = points.map((_, order) => ({
    key: `r${order}`,
    lane: "a",
    shape: "receipt" as const,
    boundary: "tool" as const,
    time: null,
    topic: "",
    order,
  }));
  const graph = layoutGraph(
    nodes,
    edges.map(([a, b]) => ({ from: `r${a}`, to: `r${b}`, topic: "", closesCycle: false })),
  );
  return countCrossings(
    graph,
    Int32Array.from(points, (point) => point.x),
    Float64Array.from(points, (point) => point.y),
  );
}

describe("crossings", () => {
  it("are those of every pair in every gap", () => {
    const points = fc.uniqueArray(
      fc.record({ x: fc.nat(5), y: fc.nat(5).map((row) => row * 88) }),
      {
        minLength: 2,
        maxLength: 14,
        selector: (point) => `${point.x} ${point.y}`,
      },
    );
    const edges = fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 30 });
    fc.assert(
      fc.property(points, edges, (places, links) => {
        const known = links.filter(([a, b]) => a < places.length && b < places.length);
        expect(counted(places, known)).toBe(slowly(places, known));
      }),
      { numRuns: 400 },
    );
  });

  it("are none where edges only meet", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 88 },
      { x: 1, y: 0 },
      { x: 1, y: 88 },
    ];
    expect(
      counted(points, [
        [0, 2],
        [0, 3],
        [1, 3],
      ]),
    ).toBe(0);
    expect(
      counted(points, [
        [0, 3],
        [1, 2],
      ]),
    ).toBe(1);
  });
});
