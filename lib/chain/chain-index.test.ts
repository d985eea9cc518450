import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ChainIndex } from "./chain-index.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf, columnsOf, DOCUMENTED } from "./testing/nodes.ts";
import { isAcyclic, SlowChain } from "./testing/slow.ts";

function names(index: ChainIndex, nodes: Iterable<number>): readonly string[] {
  return Array.from(nodes, (node) => index.nodes.idOf(node));
}

/** Links by the names of their ends. */
function linksOf({ nodes, edges }: ChainIndex, among: readonly number[]) {
  return among.map((edge) => ({
    parent: nodes.idOf(edges.parent[edge] ?? 0),
    child: nodes.idOf(edges.child[edge] ?? 0),
  }));
}

describe("the index", () => {
  test("knows the documentation's chain", () => {
    const index = chainOf(DOCUMENTED);
    expect(names(index, index.childrenOf(index.nodes.find("rcpt_003")))).toEqual(["rcpt_004"]);
    expect(names(index, index.parentsOf(index.nodes.find("rcpt_003")))).toEqual(["rcpt_002"]);
    expect(index.cycles()).toEqual([]);
  });

  test("puts neighbours in the order of time, equal ones in that of the file, undated ones last", () => {
    const parents = ["root"];
    const index = chainOf([
      { id: "undated", parents, time: null },
      { id: "late", parents, time: 30 },
      { id: "early", parents, time: -5 },
      { id: "same a", parents, time: 7.25 },
      { id: "same b", parents, time: 7.25 },
      { id: "root", time: 0 },
      { id: "join", parents: ["undated", "absent", "late", "early"], time: 40 },
    ]);
    expect(names(index, index.childrenOf(index.nodes.find("root")))).toEqual([
      "early",
      "same a",
      "same b",
      "late",
      "undated",
    ]);
    expect(names(index, index.parentsOf(index.nodes.find("join")))).toEqual([
      "early",
      "late",
      "undated",
      "absent",
    ]);
  });

  test("agrees with a slow reading of the same receipts", () => {
    fc.assert(
      fc.property(sketches(), (sketch) => {
        const steps = stepsOf(sketch);
        const index = chainOf(steps);
        const slow = new SlowChain(steps);
        const onCycle = slow.onCycle();
        expect([...names(index, index.order)].sort()).toEqual([...slow.ids].sort());
        expect([...names(index, index.topological)].sort()).toEqual([...slow.ids].sort());
        for (const id of slow.ids) {
          const node = index.nodes.find(id);
          expect([...names(index, index.childrenOf(node))].sort()).toEqual(
            [...slow.childrenOf(id)].sort(),
          );
          expect([...names(index, index.parentsOf(node))].sort()).toEqual(
            [...slow.parentsOf(id)].sort(),
          );
          expect(index.isOnCycle(node)).toBe(onCycle.has(id));
          const edges = index.childEdges(node);
          expect(Array.from(edges, (edge) => index.edges.child[edge])).toEqual([
            ...index.childrenOf(node),
          ]);
          const back = index.parentEdges(node);
          expect(Array.from(back, (edge) => index.edges.parent[edge])).toEqual([
            ...index.parentsOf(node),
          ]);
        }
      }),
    );
  });

  test("has no cycle left without the links that close one, and cuts no other link", () => {
    fc.assert(
      fc.property(sketches(), (sketch) => {
        const steps = stepsOf(sketch);
        const index = chainOf(steps);
        const slow = new SlowChain(steps);
        const all = Array.from({ length: index.edges.count }, (_, edge) => edge);
        const open = all.filter((edge) => !index.closesCycle(edge));
        expect(isAcyclic(slow.ids, linksOf(index, open))).toBe(true);
        for (const edge of all.filter((each) => index.closesCycle(each))) {
          const parent = index.edges.parent[edge] ?? 0;
          const child = index.edges.child[edge] ?? 0;
          const from = slow.walk(index.nodes.idOf(child), "forward", slow.ids.length);
          expect(from.has(index.nodes.idOf(parent))).toBe(true);
        }
        const place = new Map([...index.topological].map((node, at) => [node, at]));
        for (const edge of open) {
          expect(place.get(index.edges.parent[edge] ?? 0)).toBeLessThan(
            place.get(index.edges.child[edge] ?? 0) ?? -1,
          );
        }
      }),
    );
  });

  test("is the same whatever the order of the links", () => {
    fc.assert(
      fc.property(sketches(), (sketch) => {
        const { nodes, edges } = columnsOf(stepsOf(sketch));
        const index = chainOf(stepsOf(sketch));
        const turned = {
          ...edges,
          parent: edges.parent.toReversed(),
          child: edges.child.toReversed(),
        };
        const again = ChainIndex.build(nodes, turned);
        for (let node = 0; node < nodes.count; node += 1) {
          expect([...again.childrenOf(node)]).toEqual([...index.childrenOf(node)]);
        }
      }),
    );
  });
});

describe("cycles", () => {
  test("are cut where a parent is later than its child", () => {
    const index = chainOf([
      { id: "b", parents: ["a"], time: 2 },
      { id: "c", parents: ["b"], time: 3 },
      { id: "a", parents: ["c", "outside"], time: 1 },
      { id: "self", parents: ["self"], time: 9 },
      { id: "after", parents: ["c"], time: 10 },
    ]);
    const cut = Array.from({ length: index.edges.count }, (_, edge) => edge).filter((edge) =>
      index.closesCycle(edge),
    );
    expect(linksOf(index, cut)).toEqual([
      { parent: "c", child: "a" },
      { parent: "self", child: "self" },
    ]);
    expect(
      index.cycles().map((cycle) => [cycle.members, names(index, cycle.first), cycle.isLedTo]),
    ).toEqual([
      [3, ["a", "b", "c"], true],
      [1, ["self"], false],
    ]);
    expect(index.isOnCycle(index.nodes.find("after"))).toBe(false);
  });

  test("are cut from their own earliest member, wherever something earlier leads in", () => {
    const index = chainOf([
      { id: "clock", parents: ["clock"], time: 1 },
      { id: "early", parents: ["late"], time: 2 },
      { id: "late", parents: ["clock", "early"], time: 3 },
      { id: "between", parents: ["late", "last"], time: 4 },
      { id: "last", parents: ["late", "between"], time: 5 },
    ]);
    const cut = Array.from({ length: index.edges.count }, (_, edge) => edge).filter((edge) =>
      index.closesCycle(edge),
    );
    expect(linksOf(index, cut)).toEqual([
      { parent: "clock", child: "clock" },
      { parent: "late", child: "early" },
      { parent: "last", child: "between" },
    ]);
  });

  test("as long as a log are found without recursion", () => {
    const length = 20_000;
    const index = chainOf(
      Array.from({ length }, (_, node) => ({
        id: `s${node}`,
        parents: [`s${(node + length - 1) % length}`],
      })),
    );
    expect(index.cycles().map((cycle) => [cycle.members, cycle.first.length])).toEqual([
      [length, 20],
    ]);
    expect(index.topological.length).toBe(length);
  });
});
