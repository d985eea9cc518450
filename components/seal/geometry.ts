/**
 * Shapes of the seal in a box of 80 units, point up. The ring has six edges, clockwise from top right; each
 * is drawn from 4.5 % to 95.5 % of its length, so that the corners stay open.
 */

export const SEAL_BOX = 80;
export const RING_STROKE = 4.5;
const CENTRE = 40;
const RING_RADIUS = 36;
const CORE_RADIUS = 22;
const CORNER_GAP = 0.045;
/** Width of the break in the middle of an edge that fails, as a part of the edge. */
const BREAK = 0.26;

interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Segment {
  readonly from: Point;
  readonly to: Point;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function corner(radius: number, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return {
    x: round(CENTRE + radius * Math.cos(angle)),
    y: round(CENTRE + radius * Math.sin(angle)),
  };
}

function between(from: Point, to: Point, part: number): Point {
  return { x: round(from.x + (to.x - from.x) * part), y: round(from.y + (to.y - from.y) * part) };
}

/** The whole edge `index` (0 to 5) as one stroke, without its corners. */
export function edgeSegment(index: number): Segment {
  const from = corner(RING_RADIUS, -90 + 60 * index);
  const to = corner(RING_RADIUS, -30 + 60 * index);
  return { from: between(from, to, CORNER_GAP), to: between(from, to, 1 - CORNER_GAP) };
}

/** The two strokes that remain of an edge that fails. */
export function brokenEdge(index: number): readonly [Segment, Segment] {
  const { from, to } = edgeSegment(index);
  return [
    { from, to: between(from, to, 0.5 - BREAK / 2) },
    { from: between(from, to, 0.5 + BREAK / 2), to },
  ];
}

function polygon(radius: number, corners: number, start: number): string {
  const points: string[] = [];
  for (let index = 0; index < corners; index += 1) {
    const at = corner(radius, start + (360 / corners) * index);
    points.push(`${at.x},${at.y}`);
  }
  return points.join(" ");
}

/** Points of the core's hexagon, point up. */
export const CORE_HEXAGON = polygon(CORE_RADIUS, 6, -90);
/** Points of the core's octagon, flat on top. */
export const CORE_OCTAGON = polygon(CORE_RADIUS, 8, -67.5);
