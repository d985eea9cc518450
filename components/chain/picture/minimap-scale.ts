import type { Extent, Point, Rect, Viewport } from "./viewport.ts";
import { seen } from "./viewport.ts";

/** How the whole picture is put into the small one: `point * scale + offset`. */
export interface MinimapScale {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** The whole picture, as large as the box allows, in its middle. */
export function minimapScale(extent: Extent, box: Extent): MinimapScale {
  const scale = Math.min(
    box.width / Math.max(1, extent.width),
    box.height / Math.max(1, extent.height),
  );
  return {
    scale,
    left: (box.width - extent.width * scale) / 2,
    top: (box.height - extent.height * scale) / 2,
  };
}

/** The picture's point under a point of the box. */
export function fromMinimap(map: MinimapScale, at: Point): Point {
  return { x: (at.x - map.left) / map.scale, y: (at.y - map.top) / map.scale };
}

/** What is in view, as a rectangle in the box: cut at its edges, and never too small to be seen. */
export function minimapFrame(map: MinimapScale, viewport: Viewport, box: Extent): Rect {
  const rect = seen(viewport);
  const side = (low: number, high: number, offset: number, size: number): [number, number] => {
    const from = Math.min(size - LEAST, Math.max(0, low * map.scale + offset));
    const to = Math.min(size, Math.max(0, high * map.scale + offset));
    return [from, Math.max(from + LEAST, to)];
  };
  const [left, right] = side(rect.left, rect.right, map.left, box.width);
  const [top, bottom] = side(rect.top, rect.bottom, map.top, box.height);
  return { left, top, right, bottom };
}

const LEAST = 6;
