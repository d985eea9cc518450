import fc from "fast-check";
import { expect, test } from "vitest";
import { type Adjacency, adjacencies } from "./adjacency.ts";
import { timeAsTopological } from "./topological.ts";

const NODES = 9;
const pairs = fc.uniqueArray(
  fc
    .tuple(fc.nat({ max: NODES - 1 }), fc.nat({ max: NODES - 1 }))
    .map(([from, to]) => ({ from, to })),
  { maxLength: 40, selector: ({ from, to }) => from * NODES + to },
);
const IN_ORDER = Int32Array.from({ length: NODES }, (_, node) => node);

function linksOf(links: readonly { readonly from: number; readonly to: number }[]) {
  const parent = Int32Array.from(links, ({ from }) => from);
  const child = Int32Array.from(links, ({ to }) => to);
  return { parent, child, ...adjacencies(parent, child, IN_ORDER, true) };
}

function lists({ start, nodes }: Adjacency): readonly (readonly number[])[] {
  return Array.from({ length: NODES }, (_, node) => [
    ...nodes.subarray(start[node], start[node + 1]),
  ]);
}

const pair = (from: number, to: number) => ({ from, to });

test("links that come by their children give what any other order gives", () => {
  fc.assert(
    fc.property(pairs, (drawn) => {
      const byChild = [...drawn].sort((a, b) => a.to - b.to);
      const [sorted, turned] = [linksOf(byChild), linksOf(byChild.toReversed())];
      expect(lists(sorted.children)).toEqual(lists(turned.children));
      expect(lists(sorted.parents)).toEqual(lists(turned.parents));
      for (const [at, edge] of sorted.parents.edges.entries()) {
        expect(sorted.parent[edge]).toBe(sorted.parents.nodes[at]);
      }
      for (const [at, edge] of sorted.children.edges.entries()) {
        expect(sorted.child[edge]).toBe(sorted.children.nodes[at]);
      }
      expect([...sorted.parents.edges].sort((a, b) => a - b)).toEqual([...byChild.keys()]);
    }),
  );
});

test("the order of time is topological exactly where only nodes without a cause are late", () => {
  fc.assert(
    fc.property(pairs, (drawn) => {
      const byChild = [...drawn].sort((a, b) => a.to - b.to);
      const sorted = timeAsTopological(linksOf(byChild), IN_ORDER);
      const hasCause = new Set(drawn.map(({ to }) => to));
      const isUsual = drawn.every(({ from, to }) => !hasCause.has(from) || from < to);
      expect(sorted !== null).toBe(isUsual);
      if (sorted !== null) {
        expect([...sorted].sort((a, b) => a - b)).toEqual([...IN_ORDER]);
        const at = new Map([...sorted].map((node, where) => [node, where]));
        expect(drawn.every(({ from, to }) => (at.get(from) ?? 0) < (at.get(to) ?? 0))).toBe(true);
      }
    }),
  );
});

test("links in any order are not taken for links of a log in order", () => {
  expect(linksOf([pair(1, 3), pair(0, 2)]).late).toBeNull();
  expect(linksOf([pair(0, 2), pair(1, 3)]).late).toEqual([]);
  expect(linksOf([pair(5, 2), pair(5, 3)]).late).toEqual([5, 5]);
});
