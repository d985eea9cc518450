import fc from "fast-check";
import { expect, test } from "vitest";
import { reachBounds } from "./reach.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf } from "./testing/nodes.ts";
import { SlowChain } from "./testing/slow.ts";

test("a bound is never below what a node leads to, with cycles too", () => {
  fc.assert(
    fc.property(sketches(), (sketch) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      const bounds = reachBounds(index);
      for (const id of slow.ids) {
        const reached = slow.walk(id, "forward", slow.ids.length).size;
        expect(bounds[index.nodes.find(id)]).toBeGreaterThanOrEqual(reached);
      }
    }),
  );
});

test("bounds are exact where nothing is reached by two ways", () => {
  const index = chainOf([
    { id: "root" },
    { id: "a", parents: ["root"] },
    { id: "loop", parents: ["root", "back"] },
    { id: "back", parents: ["loop"] },
    { id: "end", parents: ["back"] },
  ]);
  expect([...reachBounds(index)]).toEqual([5, 1, 3, 3, 1]);
});
