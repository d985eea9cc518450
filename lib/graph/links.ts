import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { BOUNDARIES, LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";
import type { ItemKey } from "./model.ts";
import type { Picture } from "./picture.ts";
import type { DrawnLink, Side } from "./visible-model.ts";

const CONSUME = BOUNDARIES.indexOf("consume");
const PRODUCE = BOUNDARIES.indexOf("produce");

/** The keys of drawn items, by what they are drawn for. */
export interface ItemKeys {
  node(node: number): ItemKey;
  stub(of: number, side: Side): ItemKey;
}

interface Joined {
  readonly from: ItemKey;
  readonly to: ItemKey;
  strength: number;
  sources: number;
  /** Index into the texts; 0 where the links do not agree. */
  topic: number;
  links: number;
  closesCycle: boolean;
}

/** Links between drawn items, those between the same two joined: the strongest of them, all their sources. */
export function drawnLinks(index: ChainIndex, picture: Picture, keys: ItemKeys): DrawnLink[] {
  const { edges, nodes } = index;
  const byEnds = new Map<ItemKey, Map<ItemKey, Joined>>();
  const all: Joined[] = [];
  const join = (from: ItemKey, to: ItemKey, edge: number): void => {
    let byEnd = byEnds.get(from);
    if (byEnd === undefined) {
      byEnd = new Map();
      byEnds.set(from, byEnd);
    }
    const strength = edges.strength[edge] ?? 0;
    const sources = edges.sources[edge] ?? 0;
    const topic = topicOf(index, edge);
    const closesCycle = index.closesCycle(edge);
    const joined = byEnd.get(to);
    if (joined === undefined) {
      const made = { from, to, strength, sources, topic, links: 1, closesCycle };
      byEnd.set(to, made);
      all.push(made);
      return;
    }
    joined.strength = Math.max(joined.strength, strength);
    joined.sources |= sources;
    joined.topic = joined.topic === topic ? topic : 0;
    joined.links += 1;
    joined.closesCycle = joined.closesCycle && closesCycle;
  };
  for (const node of picture.drawn) {
    const key = keys.node(node);
    const children = index.childrenOf(node);
    const childEdges = index.childEdges(node);
    for (let place = 0; place < children.length; place += 1) {
      const child = children[place] ?? 0;
      const to = picture.isDrawn(child) ? keys.node(child) : picture.foldOf(child)?.key;
      join(key, to ?? keys.stub(node, "children"), childEdges[place] ?? 0);
    }
    const parents = index.parentsOf(node);
    const parentEdges = index.parentEdges(node);
    for (let place = 0; place < parents.length; place += 1) {
      const parent = parents[place] ?? 0;
      if (picture.isDrawn(parent)) continue;
      const from = picture.foldOf(parent)?.key ?? keys.stub(node, "parents");
      join(from, key, parentEdges[place] ?? 0);
    }
  }
  for (const fold of picture.folds) {
    for (const member of fold.members) {
      const children = index.childrenOf(member);
      const childEdges = index.childEdges(member);
      for (let place = 0; place < children.length; place += 1) {
        const to = picture.foldOf(children[place] ?? 0);
        if (to !== undefined && to !== fold) join(fold.key, to.key, childEdges[place] ?? 0);
      }
    }
  }
  cutCycles(all);
  return all.map((joined) => ({
    from: joined.from,
    to: joined.to,
    strength: STRENGTHS[joined.strength] ?? "asserted",
    sources: LINK_SOURCES.filter((_, bit) => (joined.sources & (1 << bit)) !== 0),
    topic: nodes.texts[joined.topic] ?? "",
    links: joined.links,
    closesCycle: joined.closesCycle,
  }));
}

/** The topic that carried an event from its produce to its consume. */
function topicOf({ nodes, edges }: ChainIndex, edge: number): number {
  const parent = edges.parent[edge] ?? 0;
  const child = edges.child[edge] ?? 0;
  if (parent >= nodes.receipts || child >= nodes.receipts) return 0;
  if (nodes.boundary[parent] !== PRODUCE || nodes.boundary[child] !== CONSUME) return 0;
  return (nodes.topic[parent] || nodes.topic[child]) ?? 0;
}

/**
 * What is folded together can lead back to where it came from although none of its members does: such links
 * close a cycle as well, so that what is left always has an order.
 */
function cutCycles(links: readonly Joined[]): void {
  const leaving = new Map<ItemKey, Joined[]>();
  const entered = new Set<ItemKey>();
  for (const link of links) {
    if (link.from === link.to) link.closesCycle = true;
    if (link.closesCycle) continue;
    const known = leaving.get(link.from);
    if (known === undefined) leaving.set(link.from, [link]);
    else known.push(link);
    entered.add(link.to);
  }
  const roots = [...leaving.keys()].filter((key) => !entered.has(key));
  const state = new Map<ItemKey, "open" | "done">();
  for (const root of [...roots, ...leaving.keys()]) {
    if (state.has(root)) continue;
    const stack = [{ key: root, next: 0 }];
    state.set(root, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const link = leaving.get(top.key)?.[top.next];
      top.next += 1;
      if (link === undefined) {
        state.set(top.key, "done");
        stack.pop();
        continue;
      }
      const seen = state.get(link.to);
      if (seen === "open") link.closesCycle = true;
      else if (seen === undefined) {
        state.set(link.to, "open");
        stack.push({ key: link.to, next: 0 });
      }
    }
  }
}
