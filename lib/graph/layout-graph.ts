import type { LayoutEdge, LayoutNode } from "./layout-model.ts";

/** Edges by node: those of node n are `edges[start[n] .. start[n + 1] - 1]`. */
export interface Adjacency {
  readonly start: Int32Array;
  readonly edges: Int32Array;
}

/** What is to be placed, as integers. */
export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  /** Ends of the edges, and whether an edge is left out of the ranking. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly closing: Uint8Array;
  readonly topics: readonly string[];
  /** Links that each edge stands for. */
  readonly links: readonly number[];
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  /** Nodes by time, those without one last; equal times by their given order. */
  readonly byTime: Int32Array;
  /** Place of each node in {@link byTime}. */
  readonly turn: Int32Array;
}

/** An element that is known to be there. */
export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}

/** Edges whose ends are not among the nodes are left out. */
export function layoutGraph(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
): LayoutGraph {
  const places = new Map(nodes.map((node, index) => [node.key, index]));
  const from: number[] = [];
  const to: number[] = [];
  const closing: number[] = [];
  const topics: string[] = [];
  const links: number[] = [];
  for (const edge of edges) {
    const source = places.get(edge.from);
    const target = places.get(edge.to);
    if (source === undefined || target === undefined) continue;
    from.push(source);
    to.push(target);
    closing.push(edge.closesCycle || source === target ? 1 : 0);
    topics.push(edge.topic);
    links.push(edge.links ?? 1);
  }
  const byTime = Int32Array.from(nodes.keys()).sort((a, b) => compare(nodes, a, b));
  const turn = new Int32Array(nodes.length);
  byTime.forEach((node, place) => {
    turn[node] = place;
  });
  return {
    nodes,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    closing: Uint8Array.from(closing),
    topics,
    links,
    outgoing: adjacency(nodes.length, from),
    incoming: adjacency(nodes.length, to),
    byTime,
    turn,
  };
}

/** The edges at one node. */
export function edgesOf(adjacency: Adjacency, node: number): Int32Array {
  return adjacency.edges.subarray(at(adjacency.start, node), at(adjacency.start, node + 1));
}

function compare(nodes: readonly LayoutNode[], a: number, b: number): number {
  const left = nodes[a];
  const right = nodes[b];
  if (left === undefined || right === undefined) return a - b;
  const leftTime = left.time ?? Number.NaN;
  const rightTime = right.time ?? Number.NaN;
  const leftTimed = Number.isFinite(leftTime);
  if (leftTimed !== Number.isFinite(rightTime)) return leftTimed ? -1 : 1;
  if (leftTimed && leftTime !== rightTime) return leftTime - rightTime;
  return left.order - right.order || a - b;
}

function adjacency(count: number, ends: readonly number[]): Adjacency {
  const start = new Int32Array(count + 1);
  for (const end of ends) start[end + 1] = at(start, end + 1) + 1;
  for (let node = 0; node < count; node++) start[node + 1] = at(start, node + 1) + at(start, node);
  const next = start.slice();
  const edges = new Int32Array(ends.length);
  ends.forEach((end, edge) => {
    const place = at(next, end);
    edges[place] = edge;
    next[end] = place + 1;
  });
  return { start, edges };
}
