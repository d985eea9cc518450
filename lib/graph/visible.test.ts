import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { DECISIONS, DIRECTIONS } from "@/lib/chain/model.ts";
import { keyOf } from "@/lib/chain/node-facts.ts";
import { sketches, stepsOf } from "@/lib/chain/testing/graphs.ts";
import { chainOf, DOCUMENTED, type Step } from "@/lib/chain/testing/nodes.ts";
import { BUDGET } from "./model.ts";
import {
  bushes,
  drawnIds,
  faults,
  foldsOf,
  hubOf,
  nodesOf,
  request,
  requests,
  stubsOf,
} from "./testing/views.ts";
import { visibleSet } from "./visible.ts";
import type { Visible } from "./visible-model.ts";

/** One root with consequences that are told apart by `of`. */
function hotRoot(count: number, of: (child: number) => Partial<Step>): Step[] {
  const children = Array.from({ length: count }, (_, child) => ({
    id: `c${child}`,
    parents: ["root"],
    tool: "send",
    ...of(child),
  }));
  return [{ id: "root" }, ...children];
}

function denied(index: ChainIndex, nodes: Iterable<number>): number {
  let count = 0;
  for (const node of nodes)
    count += index.nodes.decision[node] === DECISIONS.indexOf("deny") ? 1 : 0;
  return count;
}

/** Denied receipts that are drawn, or told of by a fold or stub. */
function shown(index: ChainIndex, visible: Visible): number {
  const drawn = denied(
    index,
    nodesOf(visible).map(({ node }) => node),
  );
  const held = [...foldsOf(visible), ...stubsOf(visible)];
  return held.reduce((sum, { beneath }) => sum + beneath.denied, drawn);
}

test("the documentation's chain is drawn whole from either end", () => {
  const index = chainOf(DOCUMENTED);
  const ids = DOCUMENTED.map(({ id }) => id);
  const forward = visibleSet(index, request("r1"));
  expect(drawnIds(index, forward)).toEqual(ids);
  expect(forward.items).toHaveLength(5);
  expect(forward.counts).toMatchObject({ depth: 4, furthest: 4, services: 2 });
  const backward = visibleSet(index, request("r5", { direction: "backward" }));
  expect(drawnIds(index, backward)).toEqual(ids.toReversed());
  expect(nodesOf(backward).map(({ distance }) => distance)).toEqual([0, -1, -2, -3, -4]);
  expect(
    backward.links
      .map(({ topic }) => topic)
      .filter((topic) => topic !== "")
      .sort(),
  ).toEqual(["order.placed", "payment.charged"]);
});

test("every neighbour of what is drawn is drawn, in one fold, or counted by one stub", () => {
  const chains = fc.oneof(
    sketches().map((sketch) => chainOf(stepsOf(sketch))),
    bushes(),
  );
  fc.assert(
    fc.property(
      chains.chain((index) => fc.tuple(fc.constant(index), requests(index))),
      ([index, asked]) => {
        expect(faults(index, visibleSet(index, asked))).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});

test("no denied receipt of the walk hides: it is drawn, or a fold or stub tells of it", () => {
  fc.assert(
    fc.property(
      bushes().chain((index) => fc.tuple(fc.constant(index), requests(index))),
      ([index, asked]) => {
        const visible = visibleSet(index, asked);
        expect(shown(index, visible)).toBeGreaterThanOrEqual(denied(index, visible.walk.nodes));
      },
    ),
    { numRuns: 100 },
  );
});

test("a cause that lies behind a folded consequence is told of", () => {
  const failing = (id: string, parents: string[]): Step => ({
    id,
    parents,
    tool: "send",
    integrity: "does-not-verify",
  });
  const steps = [
    { id: "focus", parents: ["both"] },
    failing("both", ["focus", "cause"]),
    { id: "cause", decision: "deny" } as const,
    ...Array.from({ length: 9 }, (_, at) => failing(`c${at}`, ["focus"])),
  ];
  const visible = visibleSet(chainOf(steps), request("r1", { direction: "both" }));
  expect(foldsOf(visible)).toMatchObject([{ members: { length: 10 }, beneath: { denied: 1 } }]);
});

test("the same request gives the same picture, and opening everything draws the whole walk", () => {
  fc.assert(
    fc.property(bushes(), fc.constantFrom(...DIRECTIONS), (index, direction) => {
      let asked = request(hubOf(index), { direction });
      for (let acts = 0; acts < 400; acts += 1) {
        const visible = visibleSet(index, asked);
        const next = visible.items.find(
          (item) => item.kind !== "node" && !asked.opened.includes(item.key),
        );
        if (next === undefined) {
          const drawn = new Set(nodesOf(visible).map(({ node }) => node));
          expect(visible.walk.nodes.every((node) => drawn.has(node))).toBe(true);
          expect(visible.refused).toEqual([]);
          expect(visibleSet(index, asked)).toEqual(visible);
          return;
        }
        asked = { ...asked, opened: [...asked.opened, next.key] };
      }
      expect.unreachable("opening never ended");
    }),
    { numRuns: 25 },
  );
});

test("the order of acts does not matter where there is room", () => {
  fc.assert(
    fc.property(
      bushes().chain((index) => fc.tuple(fc.constant(index), requests(index))),
      ([index, asked]) => {
        // On a cycle one node hangs on both sides of another: which stub is opened first decides how it is drawn.
        fc.pre(index.cycles().length === 0);
        const turned = { ...asked, opened: asked.opened.toReversed() };
        const keys = (visible: Visible) =>
          nodesOf(visible)
            .map(({ key }) => key)
            .sort();
        expect(keys(visibleSet(index, turned))).toEqual(keys(visibleSet(index, asked)));
      },
    ),
    { numRuns: 60 },
  );
});

test("names, rows and the order of a file do not change what is drawn", () => {
  const shape = (seed: number) => {
    const rows = [9, 4, 7, 1, 3, 8];
    const names = rows.map((row) => `${seed}-${row}`);
    const steps = hotRoot(30, (child) => ({ decision: child % 10 === 0 ? "deny" : "allow" })).map(
      (step, place): Step => ({
        ...step,
        id: `${names[0]}${step.id}`,
        parents: (step.parents ?? []).map((id) => `${names[0]}${id}`),
        time: place,
        row: ((place + seed) % 31) + 1,
        service: names[1] ?? "",
      }),
    );
    const index = chainOf(seed % 2 === 0 ? steps : steps.toReversed());
    const root = index.nodes.find(`${names[0]}root`);
    const { items } = visibleSet(index, request(keyOf(index.nodes, root)));
    return items.map((item) => (item.kind === "node" ? item.distance : item.beneath));
  };
  expect(shape(2)).toEqual(shape(1));
  expect(shape(5)).toEqual(shape(1));
});

test("more than eight alike neighbours are one fold, eight are not, and a denial is in none of allowed ones", () => {
  const eight = visibleSet(chainOf(hotRoot(8, () => ({}))), request("r1"));
  expect(foldsOf(eight)).toEqual([]);
  const index = chainOf(
    hotRoot(40, (child) => ({
      decision: child % 20 === 7 ? "deny" : "allow",
      integrity: child === 3 ? "does-not-verify" : "verified",
    })),
  );
  const visible = visibleSet(index, request("r1"));
  expect(drawnIds(index, visible)).toEqual(["root", "c3", "c7", "c27"]);
  expect(foldsOf(visible).map(({ beneath }) => beneath)).toEqual([
    { receipts: 37, denied: 0, failing: 0, unverified: 0, missing: 0 },
  ]);
});

test("a fold tells of a denial under one of its members, which is drawn first when it is unfolded", () => {
  const index = chainOf([
    ...hotRoot(300, () => ({})),
    { id: "after", parents: ["c290"], tool: "refund" },
    { id: "deep", parents: ["after"], tool: "pay", decision: "deny" },
  ]);
  const [fold] = foldsOf(visibleSet(index, request("r1")));
  expect(fold?.beneath).toMatchObject({ receipts: 302, denied: 1 });
  const once = visibleSet(index, request("r1", { opened: [fold?.key ?? ""] }));
  expect(drawnIds(index, once).slice(0, 3)).toEqual(["root", "c290", "c0"]);
  expect(nodesOf(once)).toHaveLength(1 + BUDGET.opened);
  expect(foldsOf(once)).toMatchObject([{ key: fold?.key, beneath: { receipts: 100, denied: 0 } }]);
  const twice = visibleSet(index, request("r1", { opened: [fold?.key ?? "", fold?.key ?? ""] }));
  expect(nodesOf(twice)).toHaveLength(301);
  expect(foldsOf(twice)).toEqual([]);
});

test("a fold keeps its name when more is loaded", () => {
  const few = chainOf(hotRoot(12, () => ({})));
  const more = chainOf([...hotRoot(500, () => ({})), { id: "z", parents: ["c2"] }]);
  const name = (index: ChainIndex) => foldsOf(visibleSet(index, request("r1")))[0]?.key;
  expect(name(few)).toMatch(/^f:r1:[0-9a-f]{8}$/);
  expect(name(more)).toBe(name(few));
});

test("a member at which something was opened leaves its fold", () => {
  const index = chainOf([
    ...hotRoot(300, () => ({})),
    { id: "after", parents: ["c299"], tool: "refund" },
  ]);
  const visible = visibleSet(index, request("r1", { opened: ["s:c:r301"] }));
  expect(drawnIds(index, visible)).toEqual(["root", "c299", "after"]);
  expect(foldsOf(visible)[0]?.members).toHaveLength(299);
});

test("a first picture goes as deep as reads well; an asked depth goes there", () => {
  // Each step leads to three that differ from one another.
  const steps = Array.from({ length: 3000 }, (_, step): Step => {
    const parents = step === 0 ? [] : [`${Math.floor((step - 1) / 3)}`];
    return { id: `${step}`, parents, tool: `${step % 3}` };
  });
  const index = chainOf(steps);
  const first = visibleSet(index, request("r1"));
  expect(first.counts).toMatchObject({ depth: 4, furthest: 7, beneath: { receipts: 3000 } });
  expect(first.items.length).toBeLessThanOrEqual(BUDGET.first);
  const deep = visibleSet(index, request("r1", { depth: 7 }));
  expect(deep.items.length).toBeLessThanOrEqual(BUDGET.drawn);
  expect(deep.items.length).toBeGreaterThan(BUDGET.drawn - 4);
  expect(faults(index, deep)).toEqual([]);
  expect(shownReceipts(deep)).toBe(3000);
});

function shownReceipts(visible: Visible): number {
  const held = [...foldsOf(visible), ...stubsOf(visible)];
  return held.reduce((sum, { beneath }) => sum + beneath.receipts, nodesOf(visible).length);
}

test("what was opened and has no room is refused by name", () => {
  const index = chainOf(hotRoot(2000, (child) => ({ tool: `tool ${child}` })));
  const first = visibleSet(index, request("r1"));
  expect(first.items).toHaveLength(BUDGET.first);
  const [stub] = stubsOf(first);
  expect(stub).toMatchObject({ key: "s:c:r1", count: 2000 - (BUDGET.first - 2) });
  const opened = visibleSet(index, request("r1", { opened: ["s:c:r1"] }));
  expect(opened.items).toHaveLength(BUDGET.drawn);
  expect(opened.refused).toEqual(["s:c:r1"]);
  expect(faults(index, opened)).toEqual([]);
});

test("siblings in a backward walk, and other causes in a forward one, are stubs that open", () => {
  const index = chainOf([
    { id: "root" },
    { id: "left", parents: ["root"] },
    { id: "right", parents: ["root", "elsewhere"], decision: "deny" },
    { id: "join", parents: ["left", "right"] },
  ]);
  const back = visibleSet(index, request("r2", { direction: "backward" }));
  expect(stubsOf(back).map(({ key, count }) => [key, count])).toEqual([
    ["s:c:r2", 1],
    ["s:c:r1", 1],
  ]);
  expect(stubsOf(back)[1]?.beneath).toMatchObject({ receipts: 2, denied: 1 });
  const opened = visibleSet(index, {
    ...request("r2", { direction: "backward" }),
    opened: ["s:c:r1"],
  });
  expect(drawnIds(index, opened)).toEqual(["left", "root", "right"]);
  expect(nodesOf(opened).map(({ distance }) => distance)).toEqual([0, -1, 2]);
  const other = stubsOf(opened).find(({ side, of }) => side === "parents" && of === 2);
  expect(other).toMatchObject({ count: 1, beneath: { receipts: 0, missing: 1 } });
});

test("a step between two members of a fold would close a cycle: one of its links is marked", () => {
  const index = chainOf([
    ...hotRoot(20, () => ({})),
    { id: "between", parents: ["root", "c3"], tool: "check" },
    { id: "again", parents: ["root", "between"], tool: "send" },
  ]);
  expect(index.cycles()).toEqual([]);
  const visible = visibleSet(index, request("r1"));
  const [fold] = foldsOf(visible);
  expect(fold?.members).toHaveLength(21);
  const ends = visible.links.map(({ from, to, links }) => [from, to, links]);
  expect(ends).toContainEqual([fold?.key, "r22", 1]);
  expect(ends).toContainEqual(["r22", fold?.key, 1]);
  expect(ends).toContainEqual(["r1", fold?.key, 21]);
  expect(visible.links.filter(({ closesCycle }) => closesCycle)).toHaveLength(1);
});
