import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keeping, layOut, layOutInOrder } from "./layout.ts";
import type { Layout, LayoutEdge, LayoutNode } from "./layout-model.ts";
import { METRICS, topicText, topicWidth } from "./metrics.ts";
import { choreography } from "./testing/choreography.ts";

const FIRST = { previous: null };

const NODE = fc.record({
  lane: fc.constantFrom("a", "b", "c", "", "__proto__"),
  shape: fc.constantFrom("receipt", "receipt", "receipt", "missing", "fold", "stub"),
  boundary: fc.constantFrom("consume", "tool", "produce", "checkpoint", "other"),
  time: fc.option(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant(Number.NaN))),
});
const EDGE = fc.record({
  from: fc.nat(24),
  to: fc.nat(24),
  topic: fc.constantFrom("", "", "orders", "a.much.longer.topic.than.fits", "x", "y", "z"),
  closesCycle: fc.boolean(),
});

/** Anything: cycles that nothing marks, self loops, doubled edges, edges to what is not there. */
const ANYTHING = fc.record({
  nodes: fc
    .array(NODE, { minLength: 1, maxLength: 22 })
    .map((list): LayoutNode[] =>
      list.map((node, order) => ({ ...node, key: `r${order}`, topic: "", order })),
    ),
  edges: fc
    .array(EDGE, { maxLength: 50 })
    .map((list): LayoutEdge[] =>
      list.map((edge) => ({ ...edge, from: `r${edge.from}`, to: `r${edge.to}` })),
    ),
});

/** Edges only from lower to higher numbers, so that there is no cycle. */
const ACYCLIC = ANYTHING.map(({ nodes, edges }) => ({
  nodes,
  edges: edges
    .filter((edge) => edge.from !== edge.to)
    .map((edge) => {
      const ends = [Number(edge.from.slice(1)), Number(edge.to.slice(1))].sort((a, b) => a - b);
      return { ...edge, from: `r${ends[0]}`, to: `r${ends[1]}` };
    }),
}));

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What must be free of a topic's name: the shapes, and the text under them. */
function obstacles(layout: Layout): Box[] {
  return layout.nodes.flatMap(({ x, y }) => [
    { left: x - 25, right: x + 25, top: y - 20, bottom: y + 20 },
    { left: x - 45, right: x + 45, top: y + 20, bottom: y + METRICS.labelBottom },
  ]);
}

function labels(layout: Layout): Box[] {
  return layout.topics.map((label) => ({
    left: label.x,
    right: label.x + topicWidth(topicText(label)),
    top: label.y - METRICS.topicHeight / 2,
    bottom: label.y + METRICS.topicHeight / 2,
  }));
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("layout", () => {
  it("gives every node its own place in its lane, whatever the edges say", () => {
    fc.assert(
      fc.property(ANYTHING, ({ nodes, edges }) => {
        const layout = layOut(nodes, edges, FIRST);
        expect(layout.nodes.map((node) => node.key)).toEqual(nodes.map((node) => node.key));
        expect(new Set(layout.nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
        let bottom = 0;
        for (const lane of layout.lanes) {
          expect(lane.top).toBe(bottom);
          bottom += lane.height;
        }
        expect(layout.height).toBeGreaterThanOrEqual(bottom);
        layout.nodes.forEach((placed, index) => {
          const lane = layout.lanes[placed.lane];
          expect(lane?.name).toBe(nodes[index]?.lane);
          expect(placed.y - 20).toBeGreaterThan(lane?.top ?? 0);
          expect(placed.y + METRICS.labelBottom).toBeLessThan(
            (lane?.top ?? 0) + (lane?.height ?? 0),
          );
          expect(placed.x + 25).toBeLessThan(layout.width);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("puts causes left of what they brought about", () => {
    fc.assert(
      fc.property(ACYCLIC, ({ nodes, edges }) => {
        const layout = layOut(nodes, edges, FIRST);
        const x = new Map(layout.nodes.map((node) => [node.key, node.x]));
        for (const edge of edges) {
          if (edge.closesCycle || !x.has(edge.from) || !x.has(edge.to)) continue;
          const way = (x.get(edge.to) ?? 0) - (x.get(edge.from) ?? 0);
          expect(way).toBeGreaterThanOrEqual(METRICS.gap);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("lets no topic's name lie over another, a node or its text", () => {
    fc.assert(
      fc.property(ANYTHING, ({ nodes, edges }) => {
        const layout = layOut(nodes, edges, FIRST);
        const boxes = labels(layout);
        const others = obstacles(layout);
        boxes.forEach((box, index) => {
          expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
          expect(others.filter((other) => overlap(box, other))).toEqual([]);
          expect(box.bottom).toBeLessThanOrEqual(layout.height);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("says the same of the same", () => {
    const { nodes, edges } = choreography(3, { steps: 80, services: 5, joins: 0.2 });
    expect(layOut(nodes, edges, FIRST)).toEqual(layOut(nodes, edges, FIRST));
  });

  it("crosses fewer edges than lanes by appearance or by name", () => {
    let ours = 0;
    let naive = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const { nodes, edges } = choreography(seed, { steps: 90, services: 7, joins: 0.15 });
      const own = layOut(nodes, edges, FIRST).crossings;
      const others = (["appearance", "alphabetical"] as const).map(
        (order) => layOutInOrder(nodes, edges, order).crossings,
      );
      expect(own).toBeLessThanOrEqual(Math.min(...others));
      ours += own;
      naive += Math.min(...others);
    }
    // Better than the better of the two, by a good part.
    expect(ours).toBeLessThan(naive * 0.85);
  });

  it("keeps a run of one lane on one row", () => {
    const { nodes, edges } = run(["a", "b", "b", "b", "a"]);
    const rows = layOut(nodes, edges, FIRST).nodes.slice(1, 4);
    expect(new Set(rows.map((node) => node.y)).size).toBe(1);
  });

  it("puts a parent that is not loaded directly left of what names it", () => {
    const { nodes, edges } = run(["a", "a", "a", "a"]);
    const missing = { ...node("m1", "b", 9), shape: "missing", time: null } as const;
    const layout = layOut([...nodes, missing], [...edges, link("m1", "r3")], FIRST);
    const [third, last] = [layout.nodes[2], layout.nodes[4]];
    expect(last?.x).toBe(third?.x);
  });

  it("moves nothing up or down when something is added", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 5, max: 50 }),
        (seed, part) => {
          const { nodes, edges } = choreography(seed, { steps: 60, services: 5, joins: 0.2 });
          // The first steps are a picture of their own: later ones only hang on earlier ones.
          const before = layOut(nodes.slice(0, part), edges, FIRST);
          const after = layOut(nodes, edges, keeping(before));
          const rows = new Map(after.nodes.map((placed) => [placed.key, placed.row]));
          expect(before.nodes.map((placed) => rows.get(placed.key))).toEqual(
            before.nodes.map((placed) => placed.row),
          );
          const names = new Set(before.lanes.map((lane) => lane.name));
          expect(after.lanes.map((lane) => lane.name).filter((name) => names.has(name))).toEqual(
            before.lanes.map((lane) => lane.name),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it("places twenty thousand steps in a row, and a cycle through them", () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => node(`r${index}`, "a", index));
    const edges = nodes.map((_, index) => link(`r${index}`, `r${(index + 1) % nodes.length}`));
    const layout = layOut(nodes, edges, FIRST);
    expect(new Set(layout.nodes.map((placed) => placed.x)).size).toBe(20_000);
  });

  it("gives nothing for nothing", () => {
    const layout = layOut([], [], FIRST);
    expect(layout).toMatchObject({ nodes: [], lanes: [], topics: [], height: 0, crossings: 0 });
  });
});

function node(key: string, lane: string, order: number): LayoutNode {
  return { key, lane, shape: "receipt", boundary: "tool", time: order, topic: "", order };
}

function link(from: string, to: string): LayoutEdge {
  return { from, to, topic: "", closesCycle: false };
}

function run(lanes: readonly string[]) {
  const nodes = lanes.map((lane, order) => node(`r${order}`, lane, order));
  const edges = nodes.slice(1).map((_, index) => link(`r${index}`, `r${index + 1}`));
  return { nodes, edges };
}
