import fc from "fast-check";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { DIRECTIONS } from "@/lib/chain/model.ts";
import { keyOf, nodeOf } from "@/lib/chain/node-facts.ts";
import { sketches, stepsOf } from "@/lib/chain/testing/graphs.ts";
import { chainOf } from "@/lib/chain/testing/nodes.ts";
import { CUTS, type ItemKey, LANE_KINDS, type ViewRequest } from "@/lib/graph/model.ts";
import type { DrawnFold, DrawnNode, DrawnStub, Visible } from "@/lib/graph/visible-model.ts";

/** A first picture forward from the focus, by service; tests say what is different. */
export function request(focus: string, other: Partial<ViewRequest> = {}): ViewRequest {
  return {
    focus,
    direction: "forward",
    depth: null,
    lanes: "service",
    opened: [],
    cut: null,
    ...other,
  };
}

export function nodesOf({ items }: Visible): DrawnNode[] {
  return items.filter((item) => item.kind === "node");
}
export function foldsOf({ items }: Visible): DrawnFold[] {
  return items.filter((item) => item.kind === "fold");
}
export function stubsOf({ items }: Visible): DrawnStub[] {
  return items.filter((item) => item.kind === "stub");
}

/** Ids of what is drawn as itself, in the order of drawing. */
export function drawnIds(index: ChainIndex, visible: Visible): string[] {
  return nodesOf(visible).map(({ node }) => index.nodes.idOf(node));
}

/** Focused on any node of a chain, with anything else a person can ask. */
export function requests(index: ChainIndex): fc.Arbitrary<ViewRequest> {
  const keys = Array.from({ length: index.nodes.count }, (_, node) => keyOf(index.nodes, node));
  const stubs = keys.flatMap((key) => [`s:c:${key}`, `s:p:${key}`]);
  return fc.record({
    focus: fc.oneof(fc.constant(hubOf(index)), fc.constantFrom(...keys)),
    direction: fc.constantFrom(...DIRECTIONS),
    depth: fc.option(fc.nat({ max: 5 })),
    lanes: fc.constantFrom(...LANE_KINDS),
    opened: fc.array(fc.constantFrom(...stubs, "s:c:r99999", "f:r1:00000000", "__proto__"), {
      maxLength: 4,
    }),
    cut: fc.option(fc.constantFrom(...CUTS), { freq: 2 }),
  });
}

/** Chains in which two steps have most of the links, and most steps are alike. */
export function bushes(): fc.Arbitrary<ChainIndex> {
  return fc.tuple(sketches(14), fc.integer({ min: 20, max: 60 })).map(([sketch, more]) => {
    const times = [...sketch.times, ...Array.from({ length: more }, (_, time) => time)];
    const leaves = times.map((_, child) => ({ parent: child % 5 === 0 ? 1 : 0, child })).slice(2);
    const steps = stepsOf({
      ...sketch,
      count: times.length,
      times,
      links: [...sketch.links, ...leaves],
    });
    return chainOf(
      steps.map((step) => ({
        ...step,
        service: step.service === "<b>" ? "<b>" : "orders",
        boundary: "tool",
        tool: "send",
        topic: "",
      })),
    );
  });
}

/** The node with the most consequences. */
export function hubOf(index: ChainIndex): ItemKey {
  let hub = 0;
  for (let node = 1; node < index.nodes.count; node += 1) {
    if (index.childCount(node) > index.childCount(hub)) hub = node;
  }
  return keyOf(index.nodes, hub);
}

/**
 * What each neighbour of each drawn node is shown by, asked of the index alone: an exact account of a picture
 * that must hold for every one. Empty where it does.
 */
export function faults(index: ChainIndex, visible: Visible): string[] {
  const found: string[] = [];
  const drawn = new Set(nodesOf(visible).map(({ node }) => node));
  const folded = new Map<number, ItemKey>();
  for (const fold of foldsOf(visible)) {
    for (const member of fold.members) {
      if (drawn.has(member)) found.push(`${member} is drawn and folded`);
      if (folded.has(member)) found.push(`${member} is in two folds`);
      folded.set(member, fold.key);
    }
  }
  const stubs = new Map(stubsOf(visible).map((stub) => [stub.key, stub]));
  for (const { node, key } of nodesOf(visible)) {
    for (const side of ["children", "parents"] as const) {
      const all = side === "children" ? index.childrenOf(node) : index.parentsOf(node);
      const hidden = all.filter((next) => !drawn.has(next) && !folded.has(next)).length;
      const name = `s:${side === "children" ? "c" : "p"}:${key}`;
      const counted = stubs.get(name)?.count ?? 0;
      if (counted !== hidden) found.push(`${name} counts ${counted}, ${hidden} are hidden`);
      stubs.delete(name);
    }
  }
  for (const name of stubs.keys()) found.push(`${name} hangs on nothing`);
  const keys = visible.items.map(({ key }) => key);
  if (new Set(keys).size !== keys.length) found.push("two items share a key");
  if (nodeOf(index.nodes, keys[0] ?? "") !== visible.focus) found.push("the focus is not first");
  const known = new Set(keys);
  for (const { from, to } of visible.links) {
    if (!known.has(from) || !known.has(to)) found.push(`link ${from}>${to} leads nowhere`);
  }
  if (!hasOrder(visible)) found.push("links that close no cycle make one");
  return [...found, ...notLinked(index, visible, drawn, folded)];
}

/** Every link of a drawn node is in the picture exactly once. */
function notLinked(
  index: ChainIndex,
  visible: Visible,
  drawn: ReadonlySet<number>,
  folded: ReadonlyMap<number, ItemKey>,
): string[] {
  let expected = 0;
  for (let edge = 0; edge < index.edges.count; edge += 1) {
    const parent = index.edges.parent[edge] ?? 0;
    const child = index.edges.child[edge] ?? 0;
    const isBetweenFolds =
      folded.has(parent) && folded.has(child) && folded.get(parent) !== folded.get(child);
    if (drawn.has(parent) || drawn.has(child) || isBetweenFolds) expected += 1;
  }
  const links = visible.links.reduce((sum, link) => sum + link.links, 0);
  return links === expected ? [] : [`${links} links for ${expected}`];
}

/** Taking away what nothing leads to, again and again, takes away everything. */
function hasOrder({ items, links }: Visible): boolean {
  const waiting = new Map(items.map(({ key }) => [key, 0]));
  const open = links.filter(({ closesCycle }) => !closesCycle);
  for (const { to } of open) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const free = items.map(({ key }) => key).filter((key) => waiting.get(key) === 0);
  for (const key of free) {
    for (const { from, to } of open) {
      if (from !== key) continue;
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) free.push(to);
    }
  }
  return free.length === items.length;
}
