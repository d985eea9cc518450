import fc from "fast-check";
import { expect, test } from "vitest";
import { DIRECTIONS } from "./model.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf } from "./testing/nodes.ts";
import { SlowChain } from "./testing/slow.ts";
import { walk } from "./walk.ts";

test("a walk agrees with the slow reference, in every direction and to every depth", () => {
  fc.assert(
    fc.property(sketches(16), (sketch) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      for (const id of slow.ids) {
        for (const direction of DIRECTIONS) {
          for (const depth of [0, 1, 2, 3, null]) {
            const found = walk(index, index.nodes.find(id), direction, depth);
            const named = Array.from(found.nodes, (node, place): [string, number] => [
              index.nodes.idOf(node),
              found.distance[place] ?? Number.NaN,
            ]);
            const expected = slow.walk(id, direction, depth ?? slow.ids.length);
            expect(new Map(named)).toEqual(expected);
            expect(named.length).toBe(expected.size);
            expect(named[0]).toEqual([id, 0]);
            const hops = named.map(([, distance]) => Math.abs(distance));
            expect(hops).toEqual([...hops].sort((one, other) => one - other));
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a walk from several nodes counts from the nearest of them, and each once", () => {
  const index = chainOf([
    { id: "a" },
    { id: "b", parents: ["a"] },
    { id: "c", parents: ["b"] },
    { id: "d", parents: ["c"] },
  ]);
  const found = walk(index, [1, 0, 1], "forward", null);
  expect([...found.nodes]).toEqual([1, 0, 2, 3]);
  expect([...found.distance]).toEqual([0, 0, 1, 2]);
  expect(found.furthest).toBe(2);
});

test("both ways, a node that is cause and consequence keeps the nearer side, forward when as near", () => {
  const index = chainOf([
    { id: "focus", parents: ["near cause", "twin"] },
    { id: "one", parents: ["focus"] },
    { id: "near cause", parents: ["one"] },
    { id: "twin", parents: ["focus"] },
  ]);
  const found = walk(index, 0, "both", null);
  expect(new Map([...found.nodes].map((node, place) => [node, found.distance[place]]))).toEqual(
    new Map([
      [0, 0],
      [1, 1],
      [2, -1],
      [3, 1],
    ]),
  );
});

test("walks one after the other and inside each other do not see each other's marks", () => {
  const index = chainOf([{ id: "a" }, { id: "b", parents: ["a"] }, { id: "c", parents: ["b"] }]);
  const inner = index.withMarks((marks) => {
    marks.add(0);
    marks.add(2);
    const nodes = [...walk(index, 0, "both", null).nodes];
    return { nodes, kept: [marks.has(0), marks.has(1), marks.has(2)] };
  });
  expect(inner).toEqual({ nodes: [0, 1, 2], kept: [true, false, true] });
  expect([...walk(index, 1, "forward", null).nodes]).toEqual([1, 2]);
});

test("50,000 steps in a row and 50,000 consequences of one are walked", () => {
  const deep = chainOf(
    Array.from({ length: 50_000 }, (_, node) => ({
      id: `s${node}`,
      parents: node === 0 ? [] : [`s${node - 1}`],
    })),
  );
  expect(walk(deep, 0, "forward", null).furthest).toBe(49_999);
  expect(walk(deep, 49_999, "backward", null).nodes.length).toBe(50_000);
  const wide = chainOf([
    { id: "root" },
    ...Array.from({ length: 50_000 }, (_, node) => ({ id: `s${node}`, parents: ["root"] })),
  ]);
  expect(walk(wide, 0, "forward", 1).nodes.length).toBe(50_001);
});
