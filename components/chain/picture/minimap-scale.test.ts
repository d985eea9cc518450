import { expect, test } from "vitest";
import { fromMinimap, minimapFrame, minimapScale } from "./minimap-scale.ts";
import { centredOn, type Viewport } from "./viewport.ts";

const BOX = { width: 200, height: 100 };
const LOOK: Viewport = { zoom: 1, panX: 0, panY: 0, width: 500, height: 250 };

test("the whole picture is in the box, in its middle and in its proportions", () => {
  expect(minimapScale({ width: 1_000, height: 1_000 }, BOX)).toEqual({
    scale: 0.1,
    left: 50,
    top: 0,
  });
});

test("pointing at the box is pointing at the picture", () => {
  const map = minimapScale({ width: 1_000, height: 1_000 }, BOX);
  expect(fromMinimap(map, { x: 50, y: 0 })).toEqual({ x: 0, y: 0 });
  expect(fromMinimap(map, { x: 150, y: 100 })).toEqual({ x: 1_000, y: 1_000 });
});

test("the frame stands around what was pointed at", () => {
  const map = minimapScale({ width: 2_000, height: 1_000 }, BOX);
  const rect = minimapFrame(map, centredOn(LOOK, fromMinimap(map, { x: 100, y: 50 })), BOX);
  expect((rect.left + rect.right) / 2).toBeCloseTo(100, 9);
  expect((rect.top + rect.bottom) / 2).toBeCloseTo(50, 9);
  expect(rect.right - rect.left).toBeCloseTo(50, 9);
});

test("the frame stays in the box and can be seen, wherever the person looks", () => {
  const map = minimapScale({ width: 100_000, height: 100_000 }, BOX);
  for (const x of [-1e7, 0, 1e5, 1e7]) {
    const rect = minimapFrame(map, centredOn(LOOK, { x, y: -x }), BOX);
    expect(rect.left).toBeGreaterThanOrEqual(0);
    expect(rect.right).toBeLessThanOrEqual(BOX.width);
    expect(rect.right - rect.left).toBeGreaterThanOrEqual(6);
    expect(rect.bottom - rect.top).toBeGreaterThanOrEqual(6);
  }
});
