import type { ItemKey } from "@/lib/graph/model.ts";
import type { DrawnEdge, DrawnNode } from "./elements.ts";
import type { Rect } from "./viewport.ts";

/** Something to add. */
export type Addition =
  | { readonly kind: "node"; readonly node: DrawnNode }
  | { readonly kind: "edge"; readonly edge: DrawnEdge };

/**
 * In which order a picture grows: what is in view first, links as soon as both their ends are there, and never
 * before.
 */
export function growthOrder(
  nodes: readonly DrawnNode[],
  edges: readonly DrawnEdge[],
  view: Rect,
): readonly Addition[] {
  const isIn = ({ x, y }: DrawnNode): boolean =>
    x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;
  const near = nodes.filter(isIn);
  const far = nodes.filter((node) => !isIn(node));
  const late = new Set<ItemKey>(far.map((node) => node.key));
  const isLate = (edge: DrawnEdge): boolean => late.has(edge.from) || late.has(edge.to);
  return [
    ...near.map(asNode),
    ...edges.filter((edge) => !isLate(edge)).map(asEdge),
    ...far.map(asNode),
    ...edges.filter(isLate).map(asEdge),
  ];
}

const asNode = (node: DrawnNode): Addition => ({ kind: "node", node });
const asEdge = (edge: DrawnEdge): Addition => ({ kind: "edge", edge });

/** Elements that are added for one frame, and what a frame may take, in milliseconds. */
const PART = { first: 48, least: 16, most: 160 } as const;
const FRAME = { short: 32, long: 60 } as const;

/** How many to add next, by how long the frame with the last ones took. */
export function nextPart(last: number | null, took: number): number {
  if (last === null) return PART.first;
  if (took > FRAME.long) return Math.max(PART.least, last >> 1);
  return took < FRAME.short ? Math.min(PART.most, last * 2) : last;
}

/** The first of the candidates that is in both pictures; else whatever is, so that something stays. */
export function anchorOf(
  before: ReadonlyMap<ItemKey, unknown>,
  after: ReadonlyMap<ItemKey, unknown>,
  candidates: readonly (ItemKey | null)[],
): ItemKey | null {
  for (const key of [...candidates, ...before.keys()]) {
    if (key !== null && before.has(key) && after.has(key)) {
      return key;
    }
  }
  return null;
}
