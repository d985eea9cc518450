import { inkOf } from "@/lib/graph/badges.ts";
import type { ChainView, ViewItem } from "@/lib/graph/model.ts";
import { type Theme, TOKENS } from "@/lib/graph/tokens.ts";
import type { Marks } from "./marks.ts";
import type { MinimapScale } from "./minimap-scale.ts";
import type { Extent } from "./viewport.ts";

/** Lanes and items as small rectangles; what stands out is painted last, so that nothing covers it. */
export function paintMinimap(
  canvas: HTMLCanvasElement,
  view: ChainView,
  marks: Marks,
  map: MinimapScale,
  box: Extent,
  theme: Theme,
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(box.width * ratio);
  canvas.height = Math.round(box.height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) {
    return;
  }
  const tokens = TOKENS[theme];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const right = view.width * map.scale;
  for (const [index, lane] of view.lanes.entries()) {
    context.fillStyle = index % 2 === 0 ? tokens.lane : tokens.laneOdd;
    const top = lane.top * map.scale + map.top;
    context.fillRect(map.left, top, right, lane.height * map.scale);
    context.fillStyle = tokens.laneEdge;
    context.fillRect(map.left, top + lane.height * map.scale - 0.5, right, 0.5);
  }
  const width = Math.max(1.5, Math.min(8, 44 * map.scale));
  const height = Math.max(1.5, Math.min(6, 36 * map.scale));
  for (const last of [false, true]) {
    for (const item of view.items) {
      if (standsOut(item) !== last) continue;
      context.fillStyle = tokens.ink[inkOf(item)];
      context.globalAlpha = last || marks.path.size === 0 || marks.path.has(item.key) ? 1 : 0.45;
      context.fillRect(
        item.x * map.scale + map.left - width / 2,
        item.y * map.scale + map.top - height / 2,
        width,
        height,
      );
    }
  }
  context.globalAlpha = 1;
}

function standsOut(item: ViewItem): boolean {
  const ink = inkOf(item);
  return ink === "denied" || ink === "fails";
}
