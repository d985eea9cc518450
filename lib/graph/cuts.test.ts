import { expect, test } from "vitest";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { chainOf, type Step } from "@/lib/chain/testing/nodes.ts";
import type { Cut } from "./model.ts";
import { drawnIds, faults, nodesOf, request, stubsOf } from "./testing/views.ts";
import { visibleSet } from "./visible.ts";

const STEPS: readonly Step[] = [
  { id: "order", service: "orders", capability: "cap-1", boundary: "produce", topic: "placed" },
  { id: "pay", parents: ["order"], service: "payment", capability: "cap-2", tool: "charge" },
  { id: "refused", parents: ["pay"], service: "payment", decision: "deny" },
  { id: "stock", parents: ["order"], service: "orders", capability: "cap-1", topic: "placed" },
  { id: "label", parents: ["stock"], service: "orders", integrity: "unsigned" },
  {
    id: "join",
    parents: ["pay", "stock", "lost"],
    service: "orders",
    integrity: "does-not-verify",
  },
];

function cutOf(index: ChainIndex, cut: Cut, focus = "r1") {
  const visible = visibleSet(index, request(focus, { cut }));
  expect(faults(index, visible)).toEqual([]);
  const matches = nodesOf(visible).filter((item) => item.matches);
  return {
    drawn: drawnIds(index, visible),
    matches: matches.map(({ node }) => index.nodes.idOf(node)),
    count: visible.counts.cuts[cut],
  };
}

test("a cut draws what matches and what joins it to the focus; the rest is in stubs", () => {
  const index = chainOf(STEPS);
  expect(cutOf(index, "denied")).toEqual({
    drawn: ["order", "pay", "refused"],
    matches: ["refused"],
    count: 1,
  });
  const visible = visibleSet(index, request("r1", { cut: "denied" }));
  expect(stubsOf(visible).map(({ key, count }) => [key, count])).toEqual([
    ["s:c:r1", 1],
    ["s:c:r2", 1],
  ]);
});

test("leaves, crossings, capability and topic are told by what the receipts say", () => {
  const index = chainOf(STEPS);
  expect(cutOf(index, "leaves").matches).toEqual(["refused", "join", "label"]);
  expect(cutOf(index, "across-services").matches).toEqual(["order", "pay", "join"]);
  expect(cutOf(index, "this-capability").matches).toEqual(["order", "stock"]);
  expect(cutOf(index, "this-topic")).toMatchObject({ matches: ["order", "stock"], count: 2 });
  expect(cutOf(index, "this-topic", "r2")).toEqual({ drawn: ["pay"], matches: [], count: 0 });
});

test("the root path is every branch of what led to the focus, whichever way the walk goes", () => {
  const index = chainOf(STEPS);
  const expected = {
    drawn: ["join", "pay", "stock", "lost", "order"],
    matches: ["pay", "stock", "lost", "order"],
    count: 4,
  };
  expect(cutOf(index, "root-path", "r6")).toEqual(expected);
});

test("unverified is what no pinned key verifies; where none is pinned, what is worse than that", () => {
  expect(cutOf(chainOf(STEPS), "unverified").matches).toEqual(["join", "label"]);
  const unpinned = STEPS.map((step): Step => ({ integrity: "self-consistent", ...step }));
  expect(cutOf(chainOf(unpinned), "unverified").matches).toEqual(["join", "label"]);
  const mixed = unpinned.map(
    (step, place): Step => (place === 0 ? { ...step, integrity: "verified" } : step),
  );
  expect(cutOf(chainOf(mixed), "unverified").count).toBe(5);
});

test("of more matches than there is room for the nearest are drawn, and all are counted", () => {
  const steps = Array.from({ length: 3000 }, (_, step): Step => {
    return { id: `${step}`, parents: step === 0 ? [] : [`${step - 1}`], decision: "deny" };
  });
  const index = chainOf(steps);
  const visible = visibleSet(index, request("r1", { cut: "denied" }));
  expect(visible.items).toHaveLength(800);
  expect(visible.counts.cuts.denied).toBe(3000);
  expect(stubsOf(visible)[0]?.beneath.denied).toBe(3000 - 799);
});
