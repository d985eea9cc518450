import type { ViewItem } from "./model.ts";

/** What something drawn looks like: the kind of a step is its shape, so that nothing rests on colour. */
export const GLYPHS = [
  "produce",
  "consume",
  "tool",
  "checkpoint",
  "other",
  "missing",
  "fold",
  "stub",
] as const;
export type Glyph = (typeof GLYPHS)[number];

export function glyphOf(item: ViewItem): Glyph {
  return item.kind === "receipt" ? item.facts.boundary : item.kind;
}

/**
 * Outlines as x and y by turns in a box of -1 to 1, clockwise, as Cytoscape's `shape-polygon-points` takes
 * them; null where the outline is round. UML's signals: what is sent points onward, what is received is
 * notched where it comes in.
 */
export const POLYGONS: Readonly<Record<Glyph, readonly number[] | null>> = {
  produce: [-1, -1, 0.5, -1, 1, 0, 0.5, 1, -1, 1],
  consume: [-1, -1, 1, -1, 1, 1, -1, 1, -0.52, 0],
  tool: null,
  checkpoint: [-0.55, -1, 0.55, -1, 1, 0, 0.55, 1, -0.55, 1, -1, 0],
  other: null,
  missing: null,
  fold: null,
  stub: null,
};

/** Radius of the corners of outlines that have some; a circle's and a pill's are half their height. */
const RADIUS: Readonly<Record<Glyph, number>> = {
  produce: 0,
  consume: 0,
  tool: 11,
  checkpoint: 0,
  other: 6,
  missing: 999,
  fold: 7,
  stub: 999,
};

/** The radius at a height, for Cytoscape's `round-rectangle`. */
export function cornerRadius(glyph: Glyph, height: number): number {
  return Math.min(RADIUS[glyph], height / 2);
}

/** The outline as SVG path data around 0, 0. `grow` moves it outward on all sides, for rings. */
export function outlinePath(glyph: Glyph, width: number, height: number, grow = 0): string {
  const halfWidth = width / 2 + grow;
  const halfHeight = height / 2 + grow;
  const polygon = POLYGONS[glyph];
  if (polygon === null) {
    return roundedPath(halfWidth, halfHeight, cornerRadius(glyph, height) + grow);
  }
  const points: string[] = [];
  for (let index = 0; index < polygon.length; index += 2) {
    const x = short((polygon[index] ?? 0) * halfWidth);
    const y = short((polygon[index + 1] ?? 0) * halfHeight);
    points.push(`${x} ${y}`);
  }
  return `M${points.join("L")}Z`;
}

function roundedPath(x: number, y: number, radius: number): string {
  const r = short(Math.min(radius, x, y));
  const [w, h] = [short((x - r) * 2), short((y - r) * 2)];
  const arc = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  const top = `M${short(r - x)} ${short(-y)}h${w}${arc(r, r)}v${h}`;
  return `${top}${arc(-r, r)}h${-w}${arc(-r, -r)}v${-h}${arc(r, -r)}Z`;
}

/** Numbers in path data: two digits are a hundredth of a pixel. */
export function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How far right of the middle the icon stands, so that it looks centred in a pointed outline. */
export const ICON_SHIFT: Readonly<Record<Glyph, number>> = {
  produce: -4,
  consume: 5,
  tool: 0,
  checkpoint: 0,
  other: 0,
  missing: 0,
  fold: 0,
  stub: 0,
};

/** Lines of an icon on a grid of 24, drawn 1.8 wide with round ends; null for a stub, which is all text. */
export const ICONS: Readonly<Record<Glyph, string | null>> = {
  produce: "M12 16V4M7 9l5-5 5 5M6 20h12",
  consume: "M12 4v12M7 11l5 5 5-5M6 20h12",
  tool: "M17.8 4.3 15 7.1v2h2l2.8-2.8a5 5 0 0 1-6.5 6.3l-6.2 6.2a1.6 1.6 0 0 1-2.3-2.3l6.3-6.2a5 5 0 0 1 6.7-6Z",
  checkpoint: "M7 20V4h10l-2.6 3.5L17 11H7",
  other: "M12 11a1 1 0 1 0 .01 0ZM6 11a1 1 0 1 0 .01 0ZM18 11a1 1 0 1 0 .01 0Z",
  missing: "M8.8 9.2a3.3 3.3 0 1 1 4.7 3c-1 .5-1.5 1.1-1.5 2.2M12 18v.1",
  fold: "M12 4l8 4-8 4-8-4ZM4 12l8 4 8-4M4 16l8 4 8-4",
  stub: null,
};
