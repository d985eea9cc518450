import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_COST } from "./model.ts";
import { statistics } from "./statistics.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf, DOCUMENTED } from "./testing/nodes.ts";
import { walk } from "./walk.ts";

const TREE = chainOf([
  { id: "root", service: "shop", time: 100, cost: 5n, currency: "USD", settlement: "confirmed" },
  { id: "slow", parents: ["root"], service: "pay", time: 160, cost: 2n ** 63n, currency: "USD" },
  { id: "quick", parents: ["root"], service: "shop", time: 101, cost: 3n, currency: "EUR" },
  {
    id: "join",
    parents: ["slow", "quick", "absent"],
    service: "ship",
    time: 161,
    cost: 2n ** 63n,
    currency: "USD",
    settlement: "rolled-back",
    strength: "verified",
  },
  { id: "late", parents: ["root"], service: "audit", time: null, cost: NO_COST },
  { id: "loop", parents: ["join", "loop"], time: 150, strength: "observed" },
]);

test("a chain's figures", () => {
  const found = statistics(TREE, walk(TREE, 0, "forward", null));
  expect(found).toMatchObject({
    depth: 4,
    fanOut: { most: 3, at: { id: "root" } },
    roots: 1,
    leaves: 1,
    span: 61,
    services: ["shop", "pay", "ship", "audit"],
    crossings: 4,
    cost: [
      { currency: "EUR", units: 3n },
      { currency: "USD", units: 2n ** 64n + 5n },
    ],
    costOfPath: [{ currency: "USD", units: 5n }],
    slowest: { from: { id: "root" }, to: { id: "slow" }, seconds: 60 },
    settlement: { unknown: 4, confirmed: 1, "rolled-back": 1 },
    strengths: { asserted: 3, observed: 2, verified: 2 },
  });
});

test("the cost of the path counts every branch of a join once, however far the walk goes", () => {
  const index = TREE;
  const found = statistics(index, walk(index, 3, "backward", 0));
  expect(found.costOfPath).toEqual([
    { currency: "EUR", units: 3n },
    { currency: "USD", units: 2n ** 64n + 5n },
  ]);
  expect(found.cost).toEqual([{ currency: "USD", units: 2n ** 63n }]);
  expect(found.depth).toBe(1);
  expect(found.slowest).toBeNull();
});

test("the documentation's chain is five steps deep and crosses services twice", () => {
  const index = chainOf(DOCUMENTED);
  const found = statistics(index, walk(index, 0, "both", null));
  expect([found.depth, found.crossings, found.roots, found.leaves]).toEqual([5, 2, 1, 1]);
  expect(found.services).toEqual(["order-service", "payment-service"]);
});

test("a chain of missing parents alone has no span, no service and no cost", () => {
  const index = chainOf([{ id: "a", parents: ["absent"] }]);
  const found = statistics(index, walk(index, 1, "backward", null));
  expect(found).toMatchObject({ depth: 1, span: null, services: [], cost: [], slowest: null });
});

test("depth is the longest way within the walk along links that close no cycle", () => {
  fc.assert(
    fc.property(sketches(12), fc.option(fc.nat({ max: 3 })), (sketch, depth) => {
      const index = chainOf(stepsOf(sketch));
      const within = walk(index, 0, "both", depth);
      const inside = new Set(within.nodes);
      // Relaxed until nothing changes.
      const length = new Map([...inside].map((node) => [node, 1]));
      for (let changed = true; changed; ) {
        changed = false;
        for (let edge = 0; edge < index.edges.count; edge += 1) {
          const own = length.get(index.edges.parent[edge] ?? -1);
          const child = index.edges.child[edge] ?? -1;
          const known = length.get(child);
          const isOpen = !index.closesCycle(edge);
          if (isOpen && own !== undefined && known !== undefined && known < own + 1) {
            length.set(child, own + 1);
            changed = true;
          }
        }
      }
      expect(statistics(index, within).depth).toBe(Math.max(...length.values()));
    }),
  );
});
