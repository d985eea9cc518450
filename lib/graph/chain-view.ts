import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { keyOf, nodeFacts } from "@/lib/chain/node-facts.ts";
import { labelOf } from "./alike.ts";
import type { PlacedNode } from "./layout-model.ts";
import type { ChainView, FoldItem, ViewEdge, ViewItem, ViewRequest } from "./model.ts";
import { placed } from "./placement.ts";
import { sceneOf } from "./scene.ts";
import { visibleIn } from "./visible.ts";
import type { DrawnFold, DrawnItem, DrawnLink } from "./visible-model.ts";

/** Members that a fold lists. */
const LISTED = 500;

const NOTHING = { receipts: 0, denied: 0, failing: 0 } as const;

/**
 * The picture of a chain: which nodes are drawn, and where. The same request of the same index gives the same
 * picture; what an act draws finds its place around what was drawn before it.
 *
 * @throws RangeError for a focus that names no node: an address of other files
 */
export function chainView(index: ChainIndex, request: ViewRequest): ChainView {
  const scene = sceneOf(index, request);
  const visible = visibleIn(scene, request);
  const layout = placed(scene, request, visible);
  const places = new Map(layout.nodes.map((node) => [node.key, node]));
  const { counts, refused } = visible;
  return {
    request,
    items: visible.items.map((item) => viewItem(index, item, places.get(item.key))),
    edges: visible.links.map((link) => viewEdge(link)),
    lanes: layout.lanes.map(({ name, top, height }) => {
      return { name, top, height, ...(visible.lanes.get(name) ?? NOTHING) };
    }),
    topics: layout.topics,
    width: layout.width,
    height: layout.height,
    counts,
    refused,
  };
}

function viewItem(index: ChainIndex, item: DrawnItem, at: PlacedNode | undefined): ViewItem {
  const { key, distance } = item;
  const place = { key, distance, lane: at?.lane ?? 0, x: at?.x ?? 0, y: at?.y ?? 0 };
  switch (item.kind) {
    case "node": {
      const { node, matches } = item;
      const facts = nodeFacts(index.nodes, node);
      if (facts.row === null) {
        return { ...place, kind: "missing", facts, namedBy: index.childCount(node) };
      }
      return {
        ...place,
        kind: "receipt",
        facts,
        isRoot: index.parentCount(node) === 0,
        isLeaf: index.childCount(node) === 0,
        onCycle: index.isOnCycle(node),
        matches,
      };
    }
    case "fold":
      return { ...place, ...foldFacts(index, item) };
    case "stub": {
      const { side, count, beneath, isAtLeast } = item;
      const of = keyOf(index.nodes, item.of);
      return { ...place, kind: "stub", side, of, count, beneath, isAtLeast };
    }
  }
}

function foldFacts(
  index: ChainIndex,
  { members, beneath, isAtLeast }: DrawnFold,
): Omit<FoldItem, "key" | "lane" | "x" | "y" | "distance"> {
  const { nodes } = index;
  const first = members[0] ?? 0;
  const { boundary, decision, topic } = nodeFacts(nodes, first);
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  let isOneTopic = true;
  for (const member of members) {
    const time = nodes.time[member] ?? Number.NaN;
    if (time < from) from = time;
    if (time > to) to = time;
    isOneTopic = isOneTopic && nodes.topic[member] === nodes.topic[first];
  }
  const loaded = members.slice(0, LISTED).filter((member) => member < nodes.receipts);
  return {
    kind: "fold",
    count: members.length,
    boundary,
    decision,
    label: nodes.texts[labelOf(index, first)] ?? "",
    topic: isOneTopic ? topic : "",
    from: from <= to ? from : null,
    to: from <= to ? to : null,
    beneath,
    isAtLeast,
    rows: loaded.map((member) => nodes.row[member] ?? 0),
  };
}

function viewEdge(link: DrawnLink): ViewEdge {
  return { key: `${link.from}>${link.to}`, ...link };
}
