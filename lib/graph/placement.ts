import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { BOUNDARIES } from "@/lib/chain/model.ts";
import { keeping, layOut } from "./layout.ts";
import type { Layout, LayoutEdge, LayoutNode } from "./layout-model.ts";
import type { ViewRequest } from "./model.ts";
import type { Scene } from "./scene.ts";
import { visibleIn } from "./visible.ts";
import type { DrawnItem, DrawnLink, Visible } from "./visible-model.ts";

/** Acts that each keep the rows of the picture before them; later ones keep those of this many. */
const MOST_STEPS = 24;

/** Layouts that were made last, by what was asked: a person's next act builds on one of them. */
const recent = new WeakMap<ChainIndex, Map<string, Layout>>();
const MOST_RECENT = 32;

/**
 * Places what is visible around what was visible before the last act, and that around what was before it: so
 * nothing jumps, and an address gives the same picture however it was come by.
 */
export function placed(scene: Scene, request: ViewRequest, visible: Visible): Layout {
  const last = Math.min(request.opened.length - 1, MOST_STEPS);
  let step = last;
  let previous: Layout | null = null;
  while (step >= 0 && previous === null) {
    previous = recall(scene.index, before(request, step));
    if (previous === null) step -= 1;
  }
  for (step += 1; step <= last; step += 1) {
    const earlier = before(request, step);
    previous = layoutOf(scene.index, visibleIn(scene, earlier), previous);
    remember(scene.index, earlier, previous);
  }
  const layout = layoutOf(scene.index, visible, previous);
  remember(scene.index, request, layout);
  return layout;
}

function before(request: ViewRequest, acts: number): ViewRequest {
  return { ...request, opened: request.opened.slice(0, acts) };
}

function layoutOf(index: ChainIndex, visible: Visible, previous: Layout | null): Layout {
  const nodes = visible.items.map((item) => layoutNode(index, item));
  const edges = visible.links.map(layoutEdge);
  return layOut(nodes, edges, previous === null ? { previous: null } : keeping(previous));
}

function recall(index: ChainIndex, request: ViewRequest): Layout | null {
  return recent.get(index)?.get(JSON.stringify(request)) ?? null;
}

function remember(index: ChainIndex, request: ViewRequest, layout: Layout): void {
  const layouts = recent.get(index) ?? new Map<string, Layout>();
  recent.set(index, layouts);
  const name = JSON.stringify(request);
  layouts.delete(name);
  layouts.set(name, layout);
  for (const oldest of layouts.keys()) {
    if (layouts.size <= MOST_RECENT) return;
    layouts.delete(oldest);
  }
}

function layoutNode({ nodes }: ChainIndex, item: DrawnItem): LayoutNode {
  const node = standsFor(item);
  const isLoaded = node < nodes.receipts;
  const time = isLoaded ? (nodes.time[node] ?? Number.NaN) : Number.NaN;
  const { key, lane } = item;
  return {
    key,
    lane,
    shape: item.kind === "node" ? (isLoaded ? "receipt" : "missing") : item.kind,
    boundary:
      (isLoaded && item.kind !== "stub" ? BOUNDARIES[nodes.boundary[node] ?? 0] : null) ?? "other",
    time: Number.isNaN(time) ? null : time,
    topic: isLoaded ? (nodes.texts[nodes.topic[node] ?? 0] ?? "") : "",
    order: node * 4 + PLACES[item.kind === "stub" ? item.side : item.kind],
  };
}

/** Several items may stand for one node; each has a place of its own. */
const PLACES = { node: 0, fold: 1, parents: 2, children: 3 } as const;

function standsFor(item: DrawnItem): number {
  switch (item.kind) {
    case "node":
      return item.node;
    case "fold":
      return item.members[0] ?? item.of;
    case "stub":
      return item.of;
  }
}

function layoutEdge({ from, to, topic, links, closesCycle }: DrawnLink): LayoutEdge {
  return { from, to, topic, links, closesCycle };
}
