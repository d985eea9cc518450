import fc from "fast-check";
import { expect, test } from "vitest";
import { ancestors, descendants, pathBetween, rootCause } from "./paths.ts";
import { sketches, stepsOf } from "./testing/graphs.ts";
import { chainOf, DOCUMENTED } from "./testing/nodes.ts";
import { SlowChain } from "./testing/slow.ts";

test("a path between two nodes is a shortest one, and every step of it is a link", () => {
  fc.assert(
    fc.property(sketches(14), (sketch) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      const linked = new Set(slow.links.map((link) => JSON.stringify([link.parent, link.child])));
      const [from = ""] = slow.ids;
      const hops = slow.undirected(from);
      for (const to of slow.ids) {
        const path = pathBetween(index, index.nodes.find(from), index.nodes.find(to));
        expect(path === null ? undefined : path.steps.length - 1).toBe(hops.get(to));
        path?.steps.forEach(({ facts, by }, place) => {
          const before = path.steps[place - 1]?.facts.id;
          if (by === null) {
            expect([place, facts.id]).toEqual([0, from]);
          } else {
            const ends = by === "caused" ? [before, facts.id] : [facts.id, before];
            expect(linked.has(JSON.stringify(ends))).toBe(true);
          }
        });
        expect(path?.steps.at(-1)?.facts.id ?? to).toBe(to);
      }
    }),
  );
});

test("ancestors and descendants agree with the slow reference", () => {
  fc.assert(
    fc.property(sketches(14), (sketch) => {
      const steps = stepsOf(sketch);
      const index = chainOf(steps);
      const slow = new SlowChain(steps);
      for (const id of slow.ids) {
        for (const [direction, found] of [
          ["backward", ancestors(index, index.nodes.find(id))],
          ["forward", descendants(index, index.nodes.find(id))],
        ] as const) {
          const expected = new Set(slow.walk(id, direction, slow.ids.length).keys());
          expected.delete(id);
          expect(new Set(Array.from(found, (node) => index.nodes.idOf(node)))).toEqual(expected);
          expect(found.length).toBe(expected.size);
        }
      }
    }),
  );
});

test("the root cause of a join shows every branch, and what is missing", () => {
  const index = chainOf([
    { id: "first" },
    { id: "left", parents: ["first"] },
    { id: "right", parents: ["first", "absent"] },
    { id: "join", parents: ["left", "right"] },
  ]);
  const cause = rootCause(index, 3);
  expect(cause.lines.map(({ facts, level, repeated }) => [level, facts.id, repeated])).toEqual([
    [0, "join", false],
    [1, "left", false],
    [2, "first", false],
    [1, "right", false],
    [2, "first", true],
    [2, "absent", false],
  ]);
  expect([cause.roots, cause.isCut]).toEqual([2, false]);
});

test("a root cause of more than 500 lines is cut and says so, its roots are still all counted", () => {
  const wide = chainOf([
    { id: "join", parents: Array.from({ length: 500 }, (_, node) => `absent ${node}`) },
    { id: "small", parents: Array.from({ length: 499 }, (_, node) => `absent ${node}`) },
  ]);
  const cut = rootCause(wide, 0);
  expect([cut.lines.length, cut.roots, cut.isCut]).toEqual([500, 500, true]);
  const whole = rootCause(wide, 1);
  expect([whole.lines.length, whole.roots, whole.isCut]).toEqual([500, 499, false]);
});

test("the documentation's last step goes back to its first", () => {
  const index = chainOf(DOCUMENTED);
  expect(rootCause(index, 4).lines.at(-1)?.facts.id).toBe("rcpt_001");
});
