import fc from "fast-check";
import { expect, test } from "vitest";
import { overview } from "./overview.ts";
import { mostDescendants } from "./ranking.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf, type Step } from "./testing/nodes.ts";
import { SlowChain } from "./testing/slow.ts";

test("the roots with the most descendants are exactly those of the slow reference", () => {
  fc.assert(
    fc.property(sketches(24), fc.integer({ min: 1, max: 5 }), (sketch, most) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      const everything = slow.ids.length;
      const counts: number[] = [];
      const reached = slow.ids.map((id) => new Set(slow.walk(id, "forward", everything).keys()));
      slow.ids.forEach((id, place) => {
        // A root leads to all that leads to it: nothing, or the members of its own cycle.
        const before = slow.walk(id, "backward", everything);
        const isRoot = [...before.keys()].every((cause) => reached[place]?.has(cause));
        const isFirst = [...before.keys()].every(
          (cause) =>
            index.order.indexOf(index.nodes.find(cause)) >=
            index.order.indexOf(index.nodes.find(id)),
        );
        if (isRoot && isFirst && slow.childrenOf(id).length > 0) {
          counts.push((reached[place]?.size ?? 0) - 1);
        }
      });
      counts.sort((one, other) => other - one);
      const found = mostDescendants(index, most).map(
        (root) => slow.walk(index.nodes.idOf(root), "forward", everything).size - 1,
      );
      expect(found).toEqual(counts.slice(0, most));
    }),
  );
});

/** Ladders of diamonds, 2^20 ways to 40 nodes: more of them than there are first candidates. */
const LADDERS: readonly Step[] = Array.from({ length: 70 }, (_, place) => {
  const name = `ladder ${place}`;
  const rungs = Array.from({ length: 20 }, (__, rung): readonly Step[] => {
    const parents = rung === 0 ? [name] : [`${name} ${rung - 1} a`, `${name} ${rung - 1} b`];
    return [
      { id: `${name} ${rung} a`, parents },
      { id: `${name} ${rung} b`, parents },
    ];
  });
  return [{ id: name }, ...rungs.flat()];
}).flat();

function star(children: number): readonly Step[] {
  const leaves = Array.from({ length: children }, (_, place) => ({
    id: `child ${place}`,
    parents: ["star"],
  }));
  return [{ id: "star" }, ...leaves];
}

test("a bound that counts shared consequences twice does not push a true one off the list", () => {
  const index = chainOf([...LADDERS, ...star(41)]);
  expect(mostDescendants(index, 2).map((root) => index.nodes.idOf(root))).toEqual([
    "star",
    "ladder 0",
  ]);
});

test("of roots with as many descendants the earlier ones are listed", () => {
  const index = chainOf([...star(40), ...LADDERS]);
  expect(mostDescendants(index, 2).map((root) => index.nodes.idOf(root))).toEqual([
    "star",
    "ladder 0",
  ]);
});

test("an overview counts receipts, links and what is missing, and what lies under the hottest root", () => {
  const index = chainOf([
    { id: "alone" },
    { id: "a", parents: ["absent"], time: 1 },
    { id: "b", parents: ["a"], decision: "deny", integrity: "does-not-verify", time: 2 },
    { id: "c", parents: ["a"], decision: "deny", integrity: "unsigned", time: 3 },
    { id: "d", decision: "deny", time: 4 },
    { id: "e", parents: ["a"], decision: "deny", time: null },
  ]);
  const found = overview(index);
  expect(found).toMatchObject({ receipts: 6, links: 4, missing: 1, linked: 4 });
  expect(found.roots.map((root) => [root.facts.id, root.descendants])).toEqual([
    ["absent", { receipts: 4, denied: 3, failing: 1, unverified: 1, missing: 0 }],
  ]);
  expect(found.denials.map((facts) => facts.id)).toEqual(["c", "b", "e"]);
});
