import { badgesOf, borderOf, inkOf } from "@/lib/graph/badges.ts";
import { type Curve, edgeCurves, relativeControls } from "@/lib/graph/edge-path.ts";
import { glyphOf, short } from "@/lib/graph/glyphs.ts";
import { type ItemWords, itemWords } from "@/lib/graph/item-words.ts";
import { type Size, sizeOf } from "@/lib/graph/metrics.ts";
import type { ChainView, ItemKey, ViewEdge, ViewItem } from "@/lib/graph/model.ts";

/** One item as it is drawn. */
export interface DrawnNode extends ItemWords, Size {
  readonly key: ItemKey;
  readonly item: ViewItem;
  readonly x: number;
  readonly y: number;
  /** Names of what is painted in it. */
  readonly art: string;
  /** Classes of the stylesheet. */
  readonly look: string;
}

/** How a link bends, as the library takes it. */
export interface Bend {
  readonly weights: string;
  readonly distances: string;
  /** Where it leaves and arrives, from the middle of the item. */
  readonly leaves: string;
  readonly arrives: string;
}

/** One link as it is drawn. */
export interface DrawnEdge extends Bend {
  readonly key: string;
  readonly from: ItemKey;
  readonly to: ItemKey;
  readonly look: string;
}

/** A view as things to draw, by their keys: keys come from a log and are never names of members. */
export interface Drawing {
  readonly nodes: ReadonlyMap<ItemKey, DrawnNode>;
  readonly edges: ReadonlyMap<string, DrawnEdge>;
}

export function drawingOf(view: ChainView): Drawing {
  const nodes = new Map<ItemKey, DrawnNode>();
  for (const item of view.items) {
    nodes.set(item.key, {
      key: item.key,
      item,
      x: item.x,
      y: item.y,
      art: artOf(item),
      look: lookOf(item, view.request.cut !== null),
      ...wordsOf(item),
      ...sizeOf(item.kind, item.kind === "receipt" ? item.facts.boundary : null),
    });
  }
  const curves = edgeCurves(view);
  const edges = new Map<string, DrawnEdge>();
  for (const edge of view.edges) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    const curve = curves.get(edge.key);
    if (from !== undefined && to !== undefined && curve !== undefined) {
      edges.set(edge.key, {
        key: edge.key,
        from: edge.from,
        to: edge.to,
        look: edgeLook(edge, from.item, to.item),
        ...bendOf(curve, from, to),
      });
    }
  }
  return { nodes, edges };
}

/** The pill of a stub says how many; what lies there is said only where it stands out. */
function wordsOf(item: ViewItem): ItemWords {
  const words = itemWords(item);
  return item.kind === "stub" && inkOf(item) === "aside" ? { ...words, detail: "" } : words;
}

/** The library has no edge without a control point: a straight one gets one on its line. */
function bendOf(curve: Curve, from: DrawnNode, to: DrawnNode): Bend {
  const { weights, distances } = relativeControls(curve);
  const list = (numbers: readonly number[]): string => numbers.map((n) => n.toFixed(4)).join(" ");
  return {
    weights: weights.length === 0 ? "0.5" : list(weights),
    distances: distances.length === 0 ? "0" : list(distances),
    leaves: `${short(curve.start.x - from.x)}px ${short(curve.start.y - from.y)}px`,
    arrives: `${short(curve.end.x - to.x)}px ${short(curve.end.y - to.y)}px`,
  };
}

/** The pictures in an item, by name: its icon, its ink and its badges. */
function artOf(item: ViewItem): string {
  return [glyphOf(item), inkOf(item), ...badgesOf(item)].join(" ");
}

function lookOf(item: ViewItem, isCut: boolean): string {
  const names = [glyphOf(item), `ink-${inkOf(item)}`, borderOf(item)];
  if (item.lane % 2 === 1) names.push("odd");
  if (item.kind === "receipt") {
    // What nothing brought about is filled: the eye finds where a chain begins.
    if (item.isRoot && !item.isLeaf && borderOf(item) === "solid") names.push("filled");
    if (isCut && !item.matches) names.push("between");
  }
  return names.join(" ");
}

function edgeLook(edge: ViewEdge, from: ViewItem, to: ViewItem): string {
  const names: string[] = [edge.strength];
  if (from.kind === "receipt" && from.facts.decision === "deny") names.push("after-denial");
  if (edge.closesCycle) names.push("closes-cycle");
  if (edge.from === edge.to) names.push("own-cause");
  if (from.kind === "stub" || to.kind === "stub") names.push("of-stub");
  return names.join(" ");
}

/** What to do so that one drawing becomes the other; nothing that stays is touched. */
export interface Difference {
  /** Keys; edges go before the nodes that they hang on. */
  readonly goneEdges: readonly string[];
  readonly goneNodes: readonly ItemKey[];
  readonly newNodes: readonly DrawnNode[];
  readonly newEdges: readonly DrawnEdge[];
  /** They stay, elsewhere. */
  readonly moved: readonly DrawnNode[];
  /** They stay, with other words or another look. */
  readonly changedNodes: readonly DrawnNode[];
  readonly changedEdges: readonly DrawnEdge[];
}

export function difference(before: Drawing, after: Drawing): Difference {
  const newNodes: DrawnNode[] = [];
  const moved: DrawnNode[] = [];
  const changedNodes: DrawnNode[] = [];
  for (const node of after.nodes.values()) {
    const old = before.nodes.get(node.key);
    if (old === undefined) {
      newNodes.push(node);
      continue;
    }
    if (old.x !== node.x || old.y !== node.y) moved.push(node);
    if (!sameNode(old, node)) changedNodes.push(node);
  }
  const newEdges: DrawnEdge[] = [];
  const changedEdges: DrawnEdge[] = [];
  const goneEdges: string[] = [];
  for (const edge of after.edges.values()) {
    const old = before.edges.get(edge.key);
    if (old === undefined || old.from !== edge.from || old.to !== edge.to) {
      // An edge cannot be hung elsewhere: it goes and comes again.
      if (old !== undefined) goneEdges.push(edge.key);
      newEdges.push(edge);
    } else if (!sameEdge(old, edge)) {
      changedEdges.push(edge);
    }
  }
  for (const key of before.edges.keys()) {
    if (!after.edges.has(key)) goneEdges.push(key);
  }
  const goneNodes: ItemKey[] = [];
  for (const key of before.nodes.keys()) {
    if (!after.nodes.has(key)) goneNodes.push(key);
  }
  return { goneEdges, goneNodes, newNodes, newEdges, moved, changedNodes, changedEdges };
}

function sameNode(left: DrawnNode, right: DrawnNode): boolean {
  return (
    left.look === right.look &&
    left.art === right.art &&
    left.name === right.name &&
    left.detail === right.detail &&
    left.width === right.width
  );
}

function sameEdge(left: DrawnEdge, right: DrawnEdge): boolean {
  return (
    left.look === right.look &&
    left.weights === right.weights &&
    left.distances === right.distances &&
    left.leaves === right.leaves &&
    left.arrives === right.arrives
  );
}
