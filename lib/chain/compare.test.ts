import fc from "fast-check";
import { expect, test } from "vitest";
import { compareChains } from "./compare.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf } from "./testing/nodes.ts";
import { walk } from "./walk.ts";

test("steps are matched by kind, those of one kind in the order of time", () => {
  const index = chainOf([
    { id: "l", tool: "start", time: 0 },
    { id: "l1", parents: ["l"], tool: "charge", time: 1 },
    { id: "l2", parents: ["l"], tool: "charge", time: 2 },
    { id: "l3", parents: ["l"], tool: "mail", time: 3 },
    { id: "l4", parents: ["l3"], tool: "bounce", time: 4 },
    { id: "r", tool: "start", time: 10, agent: "bot" },
    { id: "r2", parents: ["r"], tool: "charge", time: 13, cost: 9n, decision: "deny", guard: "g" },
    { id: "r1", parents: ["r"], tool: "charge", time: 12 },
    { id: "r3", parents: ["r"], tool: "ship", time: 11 },
  ]);
  const found = compareChains(index, 0, 5);
  expect(
    found.steps.map((step) => [step.kind, step.level, step.left?.id, step.right?.id, step.differs]),
  ).toEqual([
    ["changed", 0, "l", "r", ["agent"]],
    ["same", 1, "l1", "r1", []],
    ["changed", 1, "l2", "r2", ["decision", "guard", "cost"]],
    ["missing", 1, "l3", undefined, []],
    ["missing", 2, "l4", undefined, []],
    ["added", 1, undefined, "r3", []],
  ]);
  expect([found.same, found.more, found.left.id, found.right.id]).toEqual([1, 0, "l", "r"]);
});

test("a chain compared with itself is the same, every step once", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const index = chainOf(stepsOf(sketch));
      const found = compareChains(index, 0, 0);
      expect(found.same).toBe(walk(index, 0, "forward", null).nodes.length);
      expect(found.steps.every((step) => step.kind === "same")).toBe(true);
    }),
  );
});

test("every step of both chains is in one line, whatever the chains", () => {
  fc.assert(
    fc.property(sketches(), fc.nat(), (sketch, choice) => {
      const index = chainOf(stepsOf(sketch));
      const right = choice % index.nodes.count;
      const found = compareChains(index, 0, right);
      for (const [side, root] of [
        ["left", 0],
        ["right", right],
      ] as const) {
        const ids = found.steps.flatMap((step) => step[side]?.id ?? []);
        const within = Array.from(walk(index, root, "forward", null).nodes, (node) =>
          index.nodes.idOf(node),
        );
        expect(ids.sort()).toEqual(within.sort());
      }
    }),
  );
});

test("2,000 lines are listed and the others counted", () => {
  const index = chainOf([
    { id: "l" },
    ...Array.from({ length: 2_500 }, (_, step) => ({ id: `l ${step}`, parents: ["l"] })),
    { id: "r" },
    { id: "r 1", parents: ["r"] },
  ]);
  const found = compareChains(index, 0, index.nodes.find("r"));
  expect([found.steps.length, found.more, found.same]).toEqual([2_000, 501, 2]);
});
