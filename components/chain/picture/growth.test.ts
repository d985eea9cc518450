import { expect, test } from "vitest";
import { chainOf } from "@/lib/chain/testing/nodes.ts";
import { chainView } from "@/lib/graph/chain-view.ts";
import { drawingOf } from "./elements.ts";
import { anchorOf, growthOrder, nextPart } from "./growth.ts";

const STEPS = Array.from({ length: 60 }, (_, at) => ({
  id: `s${at}`,
  service: `service ${at % 4}`,
  parents: at === 0 ? [] : [`s${at >> 1}`],
}));
const DRAWING = drawingOf(
  chainView(chainOf(STEPS), {
    focus: "r1",
    direction: "forward",
    depth: null,
    lanes: "service",
    opened: [],
    cut: null,
  }),
);
const VIEW = { left: 0, top: 0, right: 400, bottom: 300 };

test("everything is added once, and no link before both its ends", () => {
  const order = growthOrder([...DRAWING.nodes.values()], [...DRAWING.edges.values()], VIEW);
  expect(order.length).toBe(DRAWING.nodes.size + DRAWING.edges.size);
  const there = new Set<string>();
  for (const one of order) {
    if (one.kind === "node") {
      there.add(one.node.key);
    } else {
      expect(there.has(one.edge.from) && there.has(one.edge.to)).toBe(true);
    }
  }
  expect(there.size).toBe(DRAWING.nodes.size);
});

test("what is in view comes before what is not", () => {
  const order = growthOrder([...DRAWING.nodes.values()], [...DRAWING.edges.values()], VIEW);
  const isIn = order.flatMap((one) =>
    one.kind === "node" ? [one.node.x <= VIEW.right && one.node.y <= VIEW.bottom] : [],
  );
  expect(isIn.lastIndexOf(true)).toBeLessThan(isIn.indexOf(false));
});

test("links to what is there already need not wait", () => {
  const order = growthOrder([], [...DRAWING.edges.values()], VIEW);
  expect(order.length).toBe(DRAWING.edges.size);
});

test("parts shrink when frames are late and grow when they are not, within limits", () => {
  expect(nextPart(nextPart(null, 0), 10)).toBe(96);
  expect(nextPart(96, 50)).toBe(96);
  expect(nextPart(96, 200)).toBe(48);
  expect(nextPart(160, 5)).toBe(160);
  expect(nextPart(16, 900)).toBe(16);
});

test("what stays in place is the selected item, else the focus, else anything that stays", () => {
  const before = new Map([
    ["a", 1],
    ["b", 1],
    ["c", 1],
  ]);
  const after = new Map([
    ["b", 2],
    ["c", 2],
    ["d", 2],
  ]);
  expect(anchorOf(before, after, ["c", "b"])).toBe("c");
  expect(anchorOf(before, after, [null, "a", "b"])).toBe("b");
  expect(anchorOf(before, after, ["d", null])).toBe("b");
  expect(anchorOf(before, new Map(), ["c"])).toBeNull();
});
