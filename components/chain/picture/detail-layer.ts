import { inkOf } from "@/lib/graph/badges.ts";
import type { ItemKey } from "@/lib/graph/model.ts";
import { groundOf } from "@/lib/graph/svg-lanes.ts";
import { type Theme, TOKENS } from "@/lib/graph/tokens.ts";
import type { DrawnNode } from "./elements.ts";
import { type Point, seen, type Viewport } from "./viewport.ts";

/** The second lines under the items: the library draws one text in one font for each. */
export interface DetailLayer {
  paint(nodes: Iterable<DrawnNode>, places: ReadonlyMap<ItemKey, Point>, look: Viewport): void;
  restyle(theme: Theme): void;
}

/** Below this zoom the lines cannot be read. */
const LEGIBLE = 0.6;
/** From the item's lower edge to the line's foot; a stub has its first line inside. */
const BELOW = { item: 27, stub: 13 } as const;

export function createDetailLayer(canvas: HTMLCanvasElement, first: Theme): DetailLayer {
  const context = canvas.getContext("2d");
  let theme = first;
  let isClear = true;
  return {
    restyle(next) {
      theme = next;
    },
    paint(nodes, places, look) {
      if (context === null || (isClear && look.zoom < LEGIBLE)) {
        return;
      }
      const ratio = window.devicePixelRatio || 1;
      const width = Math.round(look.width * ratio);
      const height = Math.round(look.height * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, width, height);
      isClear = look.zoom < LEGIBLE;
      if (isClear) {
        return;
      }
      const scale = ratio * look.zoom;
      context.setTransform(scale, 0, 0, scale, look.panX * ratio, look.panY * ratio);
      context.textAlign = "center";
      const tokens = TOKENS[theme];
      // A halo in the ground's colour: lines may pass under.
      context.lineWidth = 2.4;
      context.lineJoin = "round";
      const rect = seen(look, 60);
      for (const node of nodes) {
        const at = places.get(node.key);
        if (
          at === undefined ||
          node.detail === "" ||
          at.x < rect.left ||
          at.x > rect.right ||
          at.y < rect.top ||
          at.y > rect.bottom
        ) {
          continue;
        }
        const tone = toneOf(node);
        context.font = tone === null ? PLAIN : STRONG;
        context.strokeStyle = groundOf(node.item.lane, tokens);
        context.fillStyle = tone === null ? tokens.muted : tokens.ink[tone];
        const below = node.item.kind === "stub" ? BELOW.stub : BELOW.item;
        context.strokeText(node.detail, at.x, at.y + node.height / 2 + below);
        context.fillText(node.detail, at.x, at.y + node.height / 2 + below);
      }
    },
  };
}

const FAMILY = '"JetBrains Mono Variable", ui-monospace, monospace';
const PLAIN = `400 9px ${FAMILY}`;
const STRONG = `600 9px ${FAMILY}`;

/** The ink of what stands out. */
function toneOf({ item }: DrawnNode): "denied" | "fails" | null {
  const ink = inkOf(item);
  return ink === "denied" || ink === "fails" ? ink : null;
}
