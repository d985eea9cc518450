import type { Adjacencies } from "./adjacency.ts";

/** Nodes that are, by way of each other, their own causes. */
export interface Cycle {
  readonly members: number;
  /** The earliest members, at most 20, in the order of time. */
  readonly first: readonly number[];
}

/** What there is to know of cycles. Columns are null where there is none: the usual case costs one pass. */
export interface Cycles {
  readonly list: readonly Cycle[];
  readonly onCycle: Uint8Array | null;
  /** Edges without which no cycle is left. */
  readonly closing: Uint8Array | null;
  /** Every node once, causes before consequences along all edges that do not close a cycle. */
  readonly topological: Int32Array;
}

export function findCycles(links: Adjacencies, order: Int32Array, edgeCount: number): Cycles {
  const topological = sortTopologically(links, order, null);
  if (topological.length === order.length) {
    return { list: [], onCycle: null, closing: null, topological };
  }
  throw new Error(`cycles among ${edgeCount} links`);
}

/** Kahn's algorithm: shorter than the number of nodes where cycles remain. */
function sortTopologically(
  { children, parents }: Adjacencies,
  order: Int32Array,
  closing: Uint8Array | null,
): Int32Array {
  const waits = new Int32Array(order.length);
  const queue = new Int32Array(order.length);
  let filled = 0;
  for (const node of order) {
    const end = parents.start[node + 1] ?? 0;
    let count = 0;
    for (let slot = parents.start[node] ?? 0; slot < end; slot += 1) {
      count += closing?.[parents.edges[slot] ?? 0] === 1 ? 0 : 1;
    }
    waits[node] = count;
    if (count === 0) {
      queue[filled] = node;
      filled += 1;
    }
  }
  for (let taken = 0; taken < filled; taken += 1) {
    const node = queue[taken] ?? 0;
    const end = children.start[node + 1] ?? 0;
    for (let slot = children.start[node] ?? 0; slot < end; slot += 1) {
      if (closing?.[children.edges[slot] ?? 0] === 1) {
        continue;
      }
      const child = children.nodes[slot] ?? 0;
      const left = (waits[child] ?? 0) - 1;
      waits[child] = left;
      if (left === 0) {
        queue[filled] = child;
        filled += 1;
      }
    }
  }
  return queue.subarray(0, filled);
}
