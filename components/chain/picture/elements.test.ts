import { describe, expect, test } from "vitest";
import { chainOf, DOCUMENTED, type Step } from "@/lib/chain/testing/nodes.ts";
import { chainView } from "@/lib/graph/chain-view.ts";
import type { ChainView, ViewRequest } from "@/lib/graph/model.ts";
import { type Drawing, difference, drawingOf } from "./elements.ts";
import { edgeMarks, NO_MARKS, nodeMarks } from "./marks.ts";

const REQUEST: ViewRequest = {
  focus: "r1",
  direction: "forward",
  depth: null,
  lanes: "service",
  opened: [],
  cut: null,
};
const EMPTY: Drawing = { nodes: new Map(), edges: new Map() };

function viewOf(steps: readonly Step[], request: Partial<ViewRequest> = {}): ChainView {
  return chainView(chainOf(steps), { ...REQUEST, ...request });
}

/** The first drawing with the difference done to it. */
function done(before: Drawing, after: Drawing): Drawing {
  const todo = difference(before, after);
  const nodes = new Map(before.nodes);
  const edges = new Map(before.edges);
  for (const key of todo.goneEdges) edges.delete(key);
  for (const key of todo.goneNodes) nodes.delete(key);
  for (const node of [...todo.newNodes, ...todo.changedNodes, ...todo.moved]) {
    nodes.set(node.key, node);
  }
  for (const edge of [...todo.newEdges, ...todo.changedEdges]) edges.set(edge.key, edge);
  return { nodes, edges };
}

function sorted(drawing: Drawing): unknown {
  return [[...drawing.nodes].sort(), [...drawing.edges].sort()];
}

const FAN: readonly Step[] = [
  { id: "root", service: "a", boundary: "produce", topic: "t" },
  ...["b", "c", "d"].map((id) => ({ id, service: id, parents: ["root"] })),
  { id: "e", service: "b", parents: ["b", "c"], decision: "deny" as const, guard: "budget" },
];

describe("one drawing becomes another", () => {
  const first = drawingOf(viewOf(FAN));

  test("from nothing and back to nothing", () => {
    expect(sorted(done(EMPTY, first))).toEqual(sorted(first));
    expect(sorted(done(first, EMPTY))).toEqual(sorted(EMPTY));
  });

  test("with nothing to do where nothing changed", () => {
    expect(Object.values(difference(first, drawingOf(viewOf(FAN)))).flat()).toEqual([]);
  });

  test("when other items are drawn, other lanes chosen, or the walk turned round", () => {
    for (const other of [
      { depth: 1 },
      { lanes: "agent" },
      { focus: "r5", direction: "backward" },
    ] as const) {
      const next = drawingOf(viewOf(FAN, other));
      expect(sorted(done(first, next))).toEqual(sorted(next));
      expect(sorted(done(next, first))).toEqual(sorted(first));
    }
  });

  test("what stays is not added again", () => {
    const next = drawingOf(viewOf(FAN, { depth: 1 }));
    const kept = [...first.nodes.keys()].filter((key) => next.nodes.has(key));
    expect(kept.length).toBeGreaterThan(2);
    const added = difference(first, next).newNodes.map((node) => node.key);
    expect(added.filter((key) => first.nodes.has(key))).toEqual([]);
  });
});

test("an edge is drawn only between items that are drawn", () => {
  const view = viewOf(DOCUMENTED);
  const { edges } = drawingOf({ ...view, items: view.items.slice(1) });
  const gone = view.items[0]?.key;
  expect(edges.size).toBeGreaterThan(0);
  expect([...edges.values()].some((edge) => edge.from === gone || edge.to === gone)).toBe(false);
});

test("keys that name members of objects are keys like any other", () => {
  const view = viewOf(DOCUMENTED);
  const [item] = view.items;
  if (item === undefined) throw new Error("The documented chain draws nothing.");
  const hostile = { ...view, items: [{ ...item, key: "__proto__" }], edges: [] };
  expect([...drawingOf(hostile).nodes.keys()]).toEqual(["__proto__"]);
});

test("a denied step and what came after it look it; the path never changes that", () => {
  const steps: readonly Step[] = [
    ...FAN,
    { id: "f", service: "b", parents: ["e"], integrity: "does-not-verify" },
  ];
  const { nodes, edges } = drawingOf(viewOf(steps));
  expect(nodes.get("r5")?.look).toContain("ink-denied");
  expect(nodes.get("r6")?.look).toContain("ink-fails");
  const after = [...edges.values()].filter((edge) => edge.look.includes("after-denial"));
  expect(after.map((edge) => [edge.from, edge.to])).toEqual([["r5", "r6"]]);
});

test("numbers for the library are numbers, whatever the curve", () => {
  const steps: readonly Step[] = [
    { id: "a", parents: ["c", "a"] },
    { id: "b", parents: ["a"] },
    { id: "c", parents: ["b", "elsewhere"] },
  ];
  const edges = [...drawingOf(viewOf(steps)).edges.values()];
  expect(edges.length).toBeGreaterThanOrEqual(4);
  for (const edge of edges) {
    const weights = edge.weights.split(" ").map(Number);
    const distances = edge.distances.split(" ").map(Number);
    expect(weights.length).toBe(distances.length);
    expect([...weights, ...distances].every(Number.isFinite)).toBe(true);
    expect(edge.leaves).toMatch(/^-?[\d.]+px -?[\d.]+px$/);
    expect(edge.arrives).toMatch(/^-?[\d.]+px -?[\d.]+px$/);
  }
});

describe("marks", () => {
  const path = new Set(["a", "b"]);

  test("without a path nothing is dimmed", () => {
    expect(nodeMarks({ key: "a" }, NO_MARKS)).toBe("");
    expect(nodeMarks({ key: "a" }, { selected: "a", path: new Set() })).toBe("selected");
    expect(edgeMarks({ from: "a", to: "b" }, NO_MARKS)).toBe("");
  });

  test("with one, what is off it is dimmed, and the selected item is always on it", () => {
    const marks = { selected: "c", path };
    expect(nodeMarks({ key: "a" }, marks)).toBe("on-path");
    expect(nodeMarks({ key: "c" }, marks)).toBe("on-path selected");
    expect(nodeMarks({ key: "d" }, marks)).toBe("off-path");
    expect(edgeMarks({ from: "b", to: "c" }, marks)).toBe("on-path");
    expect(edgeMarks({ from: "b", to: "d" }, marks)).toBe("off-path");
  });
});
