import { describe, expect, test } from "vitest";
import {
  anchored,
  centredOn,
  firstLook,
  fitted,
  isSameLook,
  lanesSeen,
  MINIMAP_ROOM,
  type Point,
  revealed,
  seen,
  showsAll,
  type Viewport,
  ZOOM,
  zoomedAt,
} from "./viewport.ts";

const FRAME = { width: 1_200, height: 800 };

function onScreen(look: Viewport, { x, y }: Point): Point {
  return { x: x * look.zoom + look.panX, y: y * look.zoom + look.panY };
}

describe("the first look", () => {
  test("is everything where that can be read, and a small picture is not blown up", () => {
    const look = firstLook({ width: 1_400, height: 600 }, FRAME, { x: 1_300, y: 500 });
    expect(look.zoom).toBeGreaterThanOrEqual(ZOOM.legible);
    const end = onScreen(look, { x: 1_400, y: 600 });
    expect(end.x).toBeLessThanOrEqual(FRAME.width);
    expect(end.y).toBeLessThanOrEqual(FRAME.height);
    expect(fitted({ width: 100, height: 100 }, FRAME).zoom).toBe(ZOOM.fitted);
  });

  test("is the chosen item at a size that can be read where the whole could not be", () => {
    const extent = { width: 9_000, height: 7_000 };
    const look = firstLook(extent, FRAME, { x: 4_500, y: 3_500 });
    expect(look.zoom).toBe(ZOOM.first);
    expect(onScreen(look, { x: 4_500, y: 3_500 })).toEqual({ x: 600, y: 400 });
  });

  test("shows no empty room beyond the edges of a large picture", () => {
    const extent = { width: 9_000, height: 7_000 };
    const root = firstLook(extent, FRAME, { x: 64, y: 56 });
    expect(root.panX).toBeGreaterThanOrEqual(0);
    expect(root.panY).toBe(0);
    const last = firstLook(extent, FRAME, { x: 8_990, y: 6_990 });
    // Its foot stands above the minimap.
    expect(onScreen(last, { x: 9_000, y: 7_000 }).y).toBe(FRAME.height - MINIMAP_ROOM);
  });

  test("survives a frame and a picture without a size", () => {
    const look = firstLook({ width: 0, height: 0 }, { width: 0, height: 0 }, null);
    expect(Number.isFinite(look.zoom) && look.zoom > 0).toBe(true);
  });
});

test("zooming keeps what is under the pointer, within the limits", () => {
  const look: Viewport = { zoom: 0.8, panX: -310, panY: 42, ...FRAME };
  const at = { x: 700, y: 300 };
  const under = { x: (at.x - look.panX) / look.zoom, y: (at.y - look.panY) / look.zoom };
  const next = zoomedAt(look, 1.6, at);
  expect(onScreen(next, under).x).toBeCloseTo(at.x, 9);
  expect(onScreen(next, under).y).toBeCloseTo(at.y, 9);
  expect(zoomedAt(look, 1e9, at).zoom).toBe(ZOOM.most);
  expect(zoomedAt(look, 0, at).zoom).toBe(ZOOM.least);
});

test("an item that moved in the picture stays where it is on the screen", () => {
  const look: Viewport = { zoom: 1.3, panX: 17, panY: -88, ...FRAME };
  const before = { x: 400, y: 300 };
  const after = { x: 910, y: 120 };
  const next = anchored(look, before, after);
  expect(onScreen(next, after).x).toBeCloseTo(onScreen(look, before).x, 9);
  expect(onScreen(next, after).y).toBeCloseTo(onScreen(look, before).y, 9);
});

describe("bringing an item into view", () => {
  const look: Viewport = { zoom: 1, panX: 0, panY: 0, ...FRAME };
  const margin = { width: 120, height: 90 };

  test("does nothing where it is in view", () => {
    expect(revealed(look, { x: 600, y: 400 }, margin)).toEqual(look);
  });

  test("pans as little as it takes, and keeps the zoom", () => {
    const next = revealed(look, { x: 1_300, y: 400 }, margin);
    expect(next).toEqual({ ...look, panX: FRAME.width - 120 - 1_300 });
  });

  test("comes closer only where it could not be read", () => {
    const next = revealed({ ...look, zoom: 0.2 }, { x: 5_000, y: 10 }, margin);
    expect(next.zoom).toBe(ZOOM.first);
    expect(onScreen(next, { x: 5_000, y: 10 })).toEqual({ x: 600, y: 400 });
  });

  test("centres in a frame that is smaller than its margins", () => {
    const tiny = { ...look, width: 100, height: 60 };
    expect(onScreen(revealed(tiny, { x: 900, y: 900 }, margin), { x: 900, y: 900 })).toEqual({
      x: 50,
      y: 30,
    });
  });
});

test("what is seen is the frame, in the picture's measure", () => {
  const look = centredOn({ zoom: 2, panX: 0, panY: 0, ...FRAME }, { x: 1_000, y: 500 });
  expect(seen(look)).toEqual({ left: 700, top: 300, right: 1_300, bottom: 700 });
  expect(seen(look, 20).left).toBe(690);
});

test("the lanes that are seen are those that a look at each would find", () => {
  const lanes = Array.from({ length: 40 }, (_, at) => ({ top: at * 100, height: 100 }));
  for (const [top, bottom] of [
    [-500, -1],
    [-50, 1],
    [0, 100],
    [99.5, 100.5],
    [1_234, 2_345],
    [3_999, 9_999],
    [4_000, 9_999],
  ] as const) {
    const { first, end } = lanesSeen(lanes, { left: 0, right: 1, top, bottom });
    expect(lanes.slice(first, end)).toEqual(
      lanes.filter((lane) => lane.top + lane.height > top && lane.top < bottom),
    );
  }
});

describe("what is outside the frame", () => {
  const extent = { width: 400, height: 300 };
  test("is nothing where the picture is fitted", () => {
    expect(showsAll(fitted(extent, FRAME), extent)).toBe(true);
  });
  test.each([
    ["left", -2, 0],
    ["above", 0, -2],
    ["right", FRAME.width - 398, 0],
    ["below", 0, FRAME.height - 298],
  ])("is something %s of it", (_, panX, panY) => {
    expect(showsAll({ ...FRAME, zoom: 1, panX, panY }, extent)).toBe(false);
  });
});

describe("two looks", () => {
  const look = { ...FRAME, zoom: 1, panX: 10, panY: 10 };
  test("are the same within half a pixel", () => {
    expect(isSameLook(look, { ...look, panX: 10.4, panY: 9.6, zoom: 1.0009 })).toBe(true);
  });
  test.each([{ panX: 10.5 }, { panY: 9.5 }, { zoom: 1.002 }])("differ by %o", (change) => {
    expect(isSameLook(look, { ...look, ...change })).toBe(false);
  });
});
