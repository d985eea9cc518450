import { glyphOf } from "./glyphs.ts";
import { sizeOf } from "./metrics.ts";
import type { ChainView, ItemKey, ViewItem } from "./model.ts";
import { levelOf, type Obstacles, obstaclesOf } from "./tracks.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How an edge is drawn: from the right border of its source by some control points to its target. The line is
 * a chain of quadratic curves that meet half way between two control points, which is what Cytoscape's
 * `unbundled-bezier` draws; the same points are the corners of a line of `round-segments`.
 */
export interface Curve {
  readonly start: Point;
  readonly controls: readonly Point[];
  readonly end: Point;
}

/** The curve of every edge whose two ends are drawn, by the edge's key. */
export function edgeCurves(view: Pick<ChainView, "items" | "edges">): ReadonlyMap<string, Curve> {
  const { items } = view;
  const places = new Map<ItemKey, number>(items.map((item, index) => [item.key, index]));
  const obstacles = obstaclesOf(
    items.map((item) => item.x),
    items.map((item) => item.y),
  );
  const curves = new Map<string, Curve>();
  for (const edge of view.edges) {
    const place = places.get(edge.from) ?? -1;
    const from = items[place];
    const to = items[places.get(edge.to) ?? -1];
    if (from === undefined || to === undefined) continue;
    // Lines of different sources that bend in one gap stand a little apart.
    curves.set(edge.key, curveBetween(from, to, obstacles, ((place * 3) % 5) - 2));
  }
  return curves;
}

/** Room for the arrow's head before the border of what it points at. */
const HEAD = 2;
/** Half of a bend's width, and how far apart bends of different sources stand. */
const HALF = 20;
const APART = 2;
/** From the border of a target to the bend before it: clear of the text under its column, where there is room. */
const BEFORE = 31;
/** Over the nodes of a row, and under the text of the row above. */
const OVER = 34;

/** `apart` is a small whole number, negative or not. */
export function curveBetween(
  from: ViewItem,
  to: ViewItem,
  obstacles: Obstacles,
  apart: number,
): Curve {
  const start = { x: from.x + widthOf(from) / 2, y: from.y };
  if (to.x <= from.x) return backwards(start, to);
  const end = { x: to.x - entryOf(to) - HEAD, y: to.y };
  const first = start.x + HALF + apart * APART;
  const border = to.x - widthOf(to) / 2;
  const last = border - Math.min(BEFORE, (border - start.x) / 2) + apart * APART;
  const level = levelOf(obstacles, from, to);
  if (level === from.y && level === to.y) return { start, controls: [], end };
  if (level === from.y) return { start, controls: into(start, last, level, to.y), end };
  const away = bend(first, from.y, level);
  const hold = { x: Math.min(first + HALF, (first + last) / 2), y: level };
  if (level === to.y) return { start, controls: [...away, hold], end };
  return { start, controls: [...away, hold, ...into(start, last, level, to.y)], end };
}

/** Level until shortly before the bend at `x`, then to the other height. */
function into(start: Point, x: number, level: number, height: number): Point[] {
  const turn = bend(x, level, height);
  return x - HALF > start.x ? [{ x: x - HALF, y: level }, ...turn] : turn;
}

/** From one height to the other at `x`: upright in the middle, so that only the corners are round. */
function bend(x: number, from: number, to: number): Point[] {
  const way = Math.abs(to - from);
  const corner = way > 4 * HALF ? 2 * HALF * Math.sign(to - from) : (to - from) / 2;
  const middle =
    way > 4 * HALF
      ? [
          { x, y: from + corner },
          { x, y: to - corner },
        ]
      : [];
  return [{ x, y: from }, ...middle, { x, y: to }];
}

/** Out to the right, over the row of the target and down into its top: an edge that closes a cycle. */
function backwards(start: Point, to: ViewItem): Curve {
  const top = to.y - sizeOf(to.kind, null).height / 2 - HEAD;
  const out = start.x + HALF;
  const over = to.y - OVER;
  const controls = [
    ...bend(out, start.y, over),
    { x: Math.max((out + to.x) / 2, out - HALF), y: over },
    { x: Math.min((out + to.x) / 2, to.x + HALF), y: over },
    { x: to.x, y: over },
  ];
  return { start, controls, end: { x: to.x, y: top } };
}

function widthOf(item: ViewItem): number {
  return sizeOf(item.kind, item.kind === "receipt" ? item.facts.boundary : null).width;
}

/** From the middle to where an edge comes in: a consume is entered at the bottom of its notch. */
function entryOf(item: ViewItem): number {
  return glyphOf(item) === "consume" ? widthOf(item) * 0.26 : widthOf(item) / 2;
}

/** The curve as SVG path data. */
export function curvePath(curve: Curve): string {
  const { start, controls, end } = curve;
  const text = (point: Point) => `${digits(point.x)} ${digits(point.y)}`;
  const parts = [`M${text(start)}`];
  controls.forEach((control, index) => {
    const next = controls[index + 1];
    const to =
      next === undefined ? end : { x: (control.x + next.x) / 2, y: (control.y + next.y) / 2 };
    parts.push(`Q${text(control)} ${text(to)}`);
  });
  if (controls.length === 0) parts.push(`L${text(end)}`);
  return parts.join("");
}

/**
 * Control points as Cytoscape takes them (`control-point-weights` and `-distances`, `segment-weights` and
 * `-distances`): along the line between two points, and to the right of it. Give the curve's own ends with
 * `edge-distances: endpoints`, the middles of the two nodes with `node-position`.
 */
export function relativeControls(
  curve: Curve,
  from: Point = curve.start,
  to: Point = curve.end,
): { readonly weights: number[]; readonly distances: number[] } {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const square = dx * dx + dy * dy;
  const length = Math.sqrt(square);
  const weights: number[] = [];
  const distances: number[] = [];
  for (const control of curve.controls) {
    const x = control.x - from.x;
    const y = control.y - from.y;
    weights.push(square === 0 ? 0 : (x * dx + y * dy) / square);
    distances.push(length === 0 ? 0 : (y * dx - x * dy) / length);
  }
  return { weights, distances };
}

function digits(value: number): number {
  return Math.round(value * 10) / 10;
}
