import { describe, expect, it } from "vitest";
import { curvePath, edgeCurves, relativeControls } from "./edge-path.ts";
import { orderPicture } from "./testing/orders.ts";
import { viewOf } from "./testing/view.ts";

const picture = orderPicture();
const view = viewOf(picture.steps, picture.links);

describe("edges", () => {
  it("leave at the right border and arrive at the left one", () => {
    const curves = edgeCurves(view);
    const items = new Map(view.items.map((item) => [item.key, item]));
    expect(curves.size).toBe(view.edges.length);
    for (const edge of view.edges) {
      const curve = curves.get(edge.key);
      const [from, to] = [items.get(edge.from), items.get(edge.to)];
      if (curve === undefined || from === undefined || to === undefined) throw new Error(edge.key);
      expect(curve.start.y).toBe(from.y);
      expect(curve.start.x).toBeGreaterThan(from.x);
      expect(curve.end.y).toBe(to.y);
      expect(curve.end.x).toBeLessThan(to.x);
      expect(curve.end.x).toBeGreaterThan(curve.start.x);
      // It never turns back on its way.
      const places = [curve.start, ...curve.controls, curve.end].map((point) => point.x);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  it("run through no node on their level part", () => {
    for (const curve of edgeCurves(view).values()) {
      const points = [curve.start, ...curve.controls, curve.end];
      points.slice(1).forEach((point, index) => {
        const before = points[index];
        if (before === undefined || before.y !== point.y) return;
        const inTheWay = view.items.filter(
          (item) =>
            Math.abs(item.y - point.y) < 20 && item.x - 13 > before.x && item.x + 13 < point.x,
        );
        expect(inTheWay.map((item) => item.key)).toEqual([]);
      });
    }
  });

  it("that lead backwards come from above, a loop of one step too", () => {
    const looped = viewOf(
      [
        { key: "a", lane: "one" },
        { key: "b", lane: "one" },
      ],
      [
        { from: "a", to: "b" },
        { from: "b", to: "a", closesCycle: true },
        { from: "b", to: "b", closesCycle: true },
      ],
    );
    const curves = [...edgeCurves(looped).values()];
    for (const curve of curves.slice(1)) {
      expect(curve.end.y).toBeLessThan(looped.items[0]?.y ?? 0);
      expect(Math.min(...curve.controls.map((point) => point.y))).toBeLessThan(curve.end.y);
    }
  });

  it("have control points that their weights and distances give back", () => {
    for (const curve of edgeCurves(view).values()) {
      const { start, end, controls } = curve;
      const { weights, distances } = relativeControls(curve);
      const [dx, dy] = [end.x - start.x, end.y - start.y];
      const length = Math.hypot(dx, dy);
      controls.forEach((control, index) => {
        const [weight, distance] = [weights[index] ?? 0, distances[index] ?? 0];
        expect(start.x + weight * dx - (distance * dy) / length).toBeCloseTo(control.x, 6);
        expect(start.y + weight * dy + (distance * dx) / length).toBeCloseTo(control.y, 6);
      });
    }
  });

  it("are written as path data", () => {
    const [start, end] = [
      { x: 0, y: 0 },
      { x: 100, y: 40 },
    ];
    expect(curvePath({ start, controls: [], end })).toBe("M0 0L100 40");
    const controls = [
      { x: 50, y: 0 },
      { x: 50, y: 40 },
    ];
    expect(curvePath({ start, controls, end })).toBe("M0 0Q50 0 50 20Q50 40 100 40");
  });
});
