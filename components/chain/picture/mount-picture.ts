import cytoscape from "cytoscape";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import type { Theme } from "@/lib/graph/tokens.ts";
import {
  edgeClasses,
  edgeData,
  edgeElement,
  edgeId,
  nodeClasses,
  nodeData,
  nodeElement,
  nodeId,
} from "./cy-elements.ts";
import { createDetailLayer } from "./detail-layer.ts";
import { createDresser } from "./dresser.ts";
import { type DrawnEdge, type DrawnNode, difference, drawingOf } from "./elements.ts";
import { type Addition, anchorOf, growthOrder, nextPart } from "./growth.ts";
import { createLookStore, type LookStore } from "./look-store.ts";
import { type Marks, NO_MARKS } from "./marks.ts";
import { createMotion, nextFrame } from "./motion.ts";
import { listenToActs, type PictureActs } from "./picture-acts.ts";
import { pictureStyle } from "./picture-style.ts";
import {
  anchored,
  firstLook,
  isSameLook,
  type Point,
  seen,
  type Viewport,
  ZOOM,
} from "./viewport.ts";

export interface MountedPicture {
  readonly look: LookStore;
  /**
   * Draws a view. What stays keeps its place on the screen: the selected item, else the focus. The rest comes
   * in parts, so that the page can be used meanwhile.
   */
  show(view: ChainView): void;
  mark(marks: Marks): void;
  restyle(theme: Theme): void;
  /** Looks elsewhere, gliding there unless motion is unwanted. */
  goTo(viewport: Viewport): void;
  jumpTo(viewport: Viewport): void;
  /** When everything stands where it belongs; now where it does. */
  whenStill(act: () => void): void;
  destroy(): void;
}

/** How long what moves takes, in milliseconds. */
const GLIDE = 160;
/** More than these go to their places at once: to animate them would take longer than the animation. */
const MOST_GLIDING = 120;
/** A frame in which nothing happens, in milliseconds. */
const IDLE_FRAME = 16;

/**
 * Mounts the library that draws on a canvas. Loaded lazily: nothing outside this file imports the library.
 */
export function mountPicture(
  holder: HTMLElement,
  detailCanvas: HTMLCanvasElement,
  theme: Theme,
  acts: PictureActs,
): MountedPicture {
  const cy = cytoscape({
    container: holder,
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    minZoom: ZOOM.least,
    maxZoom: ZOOM.most,
    pixelRatio: "auto",
  });
  cy.style().fromJson(pictureStyle(theme)).update();
  const look = createLookStore();
  const motion = createMotion();
  const glide = createMotion();
  const details = createDetailLayer(detailCanvas, theme);
  const dresser = createDresser(cy);
  let drawn = { nodes: new Map<ItemKey, DrawnNode>(), edges: new Map<string, DrawnEdge>() };
  const places = new Map<ItemKey, Point>();
  let marks = NO_MARKS;
  let focus: ItemKey | null = null;
  let run = 0;
  /** The first look, while the frame has no size. */
  let pending: (() => void) | null = null;

  const readLook = (): void => {
    const { x, y } = cy.pan();
    look.set({ zoom: cy.zoom(), panX: x, panY: y, width: cy.width(), height: cy.height() });
  };
  const jumpTo = (viewport: Viewport): void => {
    cy.viewport({ zoom: viewport.zoom, pan: { x: viewport.panX, y: viewport.panY } });
  };
  cy.on("viewport resize", () => {
    readLook();
    if (pending !== null && cy.width() > 0) {
      const lookFirst = pending;
      pending = null;
      lookFirst();
    }
  });
  cy.on("render", () => details.paint(drawn.nodes.values(), places, look.now()));
  listenToActs(cy, acts);
  readLook();

  const remove = (ids: readonly string[]): void => {
    const gone = cy.collection();
    for (const id of ids) {
      gone.merge(cy.getElementById(id));
      dresser.removed(id);
    }
    cy.remove(gone);
  };

  /** Moves what stays, and the frame with it, so that the anchor keeps its place on the screen. */
  const move = (moved: readonly DrawnNode[], anchor: DrawnNode | null): void => {
    const starts = moved.map((node) => places.get(node.key) ?? node);
    if (moved.length === 0) return;
    const anchorAt = anchor === null ? -1 : moved.findIndex((node) => node.key === anchor.key);
    motion.run(moved.length > MOST_GLIDING ? 0 : GLIDE, (t) => {
      cy.batch(() => {
        for (const [index, node] of moved.entries()) {
          const start = starts[index];
          const ele = cy.getElementById(nodeId(node.key));
          if (start === undefined || ele.empty()) continue;
          const before = places.get(node.key) ?? start;
          const now = {
            x: start.x + (node.x - start.x) * t,
            y: start.y + (node.y - start.y) * t,
          };
          ele.position({ x: now.x, y: now.y });
          places.set(node.key, now);
          if (index === anchorAt) {
            jumpTo(anchored(look.now(), before, now));
          }
        }
      });
    });
  };

  const add = (additions: readonly Addition[]): void => {
    cy.batch(() => {
      cy.add(
        additions.map((one) => {
          if (one.kind === "node") {
            drawn.nodes.set(one.node.key, one.node);
            places.set(one.node.key, one.node);
            dresser.worn(nodeId(one.node.key), nodeClasses(one.node, marks));
            return nodeElement(one.node, marks);
          }
          drawn.edges.set(one.edge.key, one.edge);
          dresser.worn(edgeId(one.edge.key), edgeClasses(one.edge, marks));
          return edgeElement(one.edge, marks);
        }),
      );
    });
  };

  const grow = async (additions: readonly Addition[]): Promise<void> => {
    const mine = run;
    let at = 0;
    let part = nextPart(null, 0);
    while (at < additions.length && mine === run) {
      const since = performance.now();
      add(additions.slice(at, at + part));
      at += part;
      // The library works out styles and shapes in the frame in which they are drawn, after this one's turn.
      await nextFrame();
      await nextFrame();
      part = nextPart(part, performance.now() - since - IDLE_FRAME);
    }
  };

  return {
    look,
    show(view) {
      run += 1;
      motion.finish();
      // It was going to a place of the former picture, and would take what is selected along.
      glide.stop();
      const isFirst = drawn.nodes.size === 0;
      const target = drawingOf(view);
      const anchorKey = anchorOf(drawn.nodes, target.nodes, [
        marks.selected,
        focus,
        view.request.focus,
      ]);
      focus = view.request.focus;
      const todo = difference(drawn, target);
      cy.batch(() => {
        remove([...todo.goneEdges.map(edgeId), ...todo.goneNodes.map(nodeId)]);
        for (const key of todo.goneEdges) drawn.edges.delete(key);
        for (const key of todo.goneNodes) {
          drawn.nodes.delete(key);
          places.delete(key);
        }
        for (const node of todo.changedNodes) {
          cy.getElementById(nodeId(node.key)).data(nodeData(node));
        }
        for (const edge of todo.changedEdges) {
          cy.getElementById(edgeId(edge.key)).data(edgeData(edge));
          drawn.edges.set(edge.key, edge);
        }
        for (const node of [...todo.changedNodes, ...todo.moved]) drawn.nodes.set(node.key, node);
        dresser.dress(drawn.nodes.values(), drawn.edges.values(), marks);
      });
      const anchor = anchorKey === null ? null : (target.nodes.get(anchorKey) ?? null);
      if (isFirst || anchor === null) {
        const at = target.nodes.get(marks.selected ?? "") ?? target.nodes.get(focus) ?? null;
        const lookFirst = (): void => jumpTo(firstLook(view, look.now(), at));
        if (cy.width() > 0) lookFirst();
        else pending = lookFirst;
        move(todo.moved, null);
      } else {
        move(todo.moved, anchor);
      }
      const rect = seen(look.now());
      grow(growthOrder(todo.newNodes, todo.newEdges, rect)).catch(() => undefined);
    },
    mark(next) {
      marks = next;
      dresser.dress(drawn.nodes.values(), drawn.edges.values(), marks);
    },
    restyle(next) {
      details.restyle(next);
      cy.style().fromJson(pictureStyle(next)).update();
    },
    goTo(viewport) {
      const from = look.now();
      glide.stop();
      if (isSameLook(from, viewport)) return;
      glide.run(GLIDE, (t) =>
        jumpTo({
          ...viewport,
          zoom: from.zoom * (viewport.zoom / from.zoom) ** t,
          panX: from.panX + (viewport.panX - from.panX) * t,
          panY: from.panY + (viewport.panY - from.panY) * t,
        }),
      );
    },
    whenStill: motion.after,
    jumpTo(viewport) {
      glide.stop();
      jumpTo(viewport);
    },
    destroy() {
      run += 1;
      dresser.stop();
      motion.finish();
      glide.finish();
      drawn = { nodes: new Map(), edges: new Map() };
      cy.destroy();
    },
  };
}
