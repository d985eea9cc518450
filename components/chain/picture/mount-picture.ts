import cytoscape, { type ElementDefinition } from "cytoscape";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import type { Theme } from "@/lib/graph/tokens.ts";
import { createDetailLayer } from "./detail-layer.ts";
import { type DrawnEdge, type DrawnNode, difference, drawingOf } from "./elements.ts";
import { createLookStore, type LookStore } from "./look-store.ts";
import { edgeMarks, type Marks, NO_MARKS, nodeMarks } from "./marks.ts";
import { createMotion, nextFrame } from "./motion.ts";
import { pictureStyle } from "./picture-style.ts";
import { anchored, firstLook, type Point, type Viewport, ZOOM } from "./viewport.ts";

export interface PictureActs {
  readonly onTap: (key: ItemKey | null) => void;
  readonly onActivate: (key: ItemKey) => void;
  /** The pointer is over an item, or over none. */
  readonly onHover: (key: ItemKey | null) => void;
}

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
  destroy(): void;
}

/** How long what moves takes, in milliseconds. */
const GLIDE = 160;
/** Elements that are added at once, and for how long before the page has its turn. */
const PART = 40;
const TURN = 24;

/**
 * Mounts the library that draws on a canvas. Loaded lazily: nothing outside this file imports the library.
 * Ids get a letter before them, since the library's ids are shared by nodes and edges.
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
  cy.on("tap", (event) => {
    if (event.target === cy) {
      acts.onTap(null);
    }
  });
  cy.on("tap", "node", (event) => acts.onTap(event.target.id().slice(1)));
  cy.on("dbltap", "node", (event) => acts.onActivate(event.target.id().slice(1)));
  cy.on("mouseover", "node", (event) => acts.onHover(event.target.id().slice(1)));
  cy.on("mouseout", "node", () => acts.onHover(null));
  readLook();

  const remove = (ids: readonly string[]): void => {
    const gone = cy.collection();
    for (const id of ids) {
      gone.merge(cy.getElementById(id));
    }
    cy.remove(gone);
  };

  /** Moves what stays, and the frame with it, so that the anchor keeps its place on the screen. */
  const move = (moved: readonly DrawnNode[], anchor: DrawnNode | null): void => {
    const starts = moved.map((node) => places.get(node.key) ?? node);
    const anchorAt = anchor === null ? -1 : moved.findIndex((node) => node.key === anchor.key);
    motion.run(moved.length === 0 ? 0 : GLIDE, (t) => {
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

  const addParts = async (
    mine: number,
    nodes: readonly DrawnNode[],
    edges: readonly DrawnEdge[],
  ): Promise<void> => {
    const parts: (() => ElementDefinition[])[] = [];
    for (let at = 0; at < nodes.length; at += PART) {
      parts.push(() =>
        nodes.slice(at, at + PART).map((node) => {
          drawn.nodes.set(node.key, node);
          places.set(node.key, node);
          return nodeElement(node, marks);
        }),
      );
    }
    for (let at = 0; at < edges.length; at += PART) {
      parts.push(() =>
        edges.slice(at, at + PART).map((edge) => {
          drawn.edges.set(edge.key, edge);
          return edgeElement(edge, marks);
        }),
      );
    }
    let since = performance.now();
    for (const part of parts) {
      cy.batch(() => {
        cy.add(part());
      });
      if (performance.now() - since > TURN) {
        await nextFrame();
        if (mine !== run) return;
        since = performance.now();
      }
    }
  };

  return {
    look,
    show(view) {
      run += 1;
      motion.finish();
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
          cy.getElementById(nodeId(node.key))
            .data(nodeData(node))
            .classes(nodeClasses(node, marks));
        }
        for (const edge of todo.changedEdges) {
          cy.getElementById(edgeId(edge.key))
            .data(edgeData(edge))
            .classes(edgeClasses(edge, marks));
          drawn.edges.set(edge.key, edge);
        }
      });
      for (const node of [...todo.changedNodes, ...todo.moved]) drawn.nodes.set(node.key, node);
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
      const mine = run;
      addParts(mine, todo.newNodes, todo.newEdges).catch(() => undefined);
    },
    mark(next) {
      const before = marks;
      marks = next;
      cy.batch(() => {
        for (const node of drawn.nodes.values()) {
          if (nodeMarks(node, before) !== nodeMarks(node, next)) {
            cy.getElementById(nodeId(node.key)).classes(nodeClasses(node, next));
          }
        }
        for (const edge of drawn.edges.values()) {
          if (edgeMarks(edge, before) !== edgeMarks(edge, next)) {
            cy.getElementById(edgeId(edge.key)).classes(edgeClasses(edge, next));
          }
        }
      });
    },
    restyle(next) {
      details.restyle(next);
      cy.style().fromJson(pictureStyle(next)).update();
    },
    goTo(viewport) {
      const from = look.now();
      glide.run(GLIDE, (t) =>
        jumpTo({
          ...viewport,
          zoom: from.zoom * (viewport.zoom / from.zoom) ** t,
          panX: from.panX + (viewport.panX - from.panX) * t,
          panY: from.panY + (viewport.panY - from.panY) * t,
        }),
      );
    },
    jumpTo(viewport) {
      glide.finish();
      jumpTo(viewport);
    },
    destroy() {
      run += 1;
      motion.finish();
      glide.finish();
      drawn = { nodes: new Map(), edges: new Map() };
      cy.destroy();
    },
  };
}

/** The first of the candidates that is in both pictures; else whatever is, so that something stays. */
function anchorOf(
  before: ReadonlyMap<ItemKey, DrawnNode>,
  after: ReadonlyMap<ItemKey, DrawnNode>,
  candidates: readonly (ItemKey | null)[],
): ItemKey | null {
  for (const key of [...candidates, ...before.keys()]) {
    if (key !== null && before.has(key) && after.has(key)) {
      return key;
    }
  }
  return null;
}

const nodeId = (key: ItemKey): string => `n${key}`;
const edgeId = (key: string): string => `e${key}`;

function nodeData(node: DrawnNode) {
  return { label: node.name, width: node.width, height: node.height, art: node.art };
}

function edgeData({ weights, distances, leaves, arrives }: DrawnEdge) {
  return { weights, distances, leaves, arrives };
}

function nodeClasses(node: DrawnNode, marks: Marks): string {
  return `${node.look} ${nodeMarks(node, marks)}`;
}

function edgeClasses(edge: DrawnEdge, marks: Marks): string {
  return `${edge.look} ${edgeMarks(edge, marks)}`;
}

function nodeElement(node: DrawnNode, marks: Marks): ElementDefinition {
  return {
    group: "nodes",
    data: { id: nodeId(node.key), ...nodeData(node) },
    position: { x: node.x, y: node.y },
    classes: nodeClasses(node, marks),
  };
}

function edgeElement(edge: DrawnEdge, marks: Marks): ElementDefinition {
  return {
    group: "edges",
    data: {
      id: edgeId(edge.key),
      source: nodeId(edge.from),
      target: nodeId(edge.to),
      ...edgeData(edge),
    },
    classes: edgeClasses(edge, marks),
  };
}
