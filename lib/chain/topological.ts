import type { Adjacencies } from "./adjacency.ts";

/**
 * Nodes with causes before consequences, by Kahn's algorithm: each once, but for those on a cycle and after one.
 *
 * @param order every node once; sets which of the possible orders it is
 * @param without edges that are left out: 1 for each
 */
export function sortTopologically(
  { children, parents }: Adjacencies,
  order: Int32Array,
  without: Uint8Array | null,
): Int32Array {
  const waits = new Int32Array(order.length);
  const queue = new Int32Array(order.length);
  let filled = 0;
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] ?? 0;
    const end = parents.start[node + 1] ?? 0;
    let count = 0;
    for (let slot = parents.start[node] ?? 0; slot < end; slot += 1) {
      count += without?.[parents.edges[slot] ?? 0] === 1 ? 0 : 1;
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
      if (without?.[children.edges[slot] ?? 0] === 1) {
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

/**
 * The order of time itself where it already puts causes before consequences, as it does in most logs. Nodes without
 * a cause may stand anywhere: those that are not earlier than a consequence, and parents that are not loaded and
 * have no time, are put first. Null where another node is late, or where nobody looked.
 */
export function timeAsTopological(
  { parents: { start }, late }: Adjacencies,
  order: Int32Array,
): Int32Array | null {
  if (late === null || late.some((node) => start[node] !== start[node + 1])) {
    return null;
  }
  if (late.length === 0) {
    return order;
  }
  const first = [...new Set(late)].sort((a, b) => a - b);
  const sorted = new Int32Array(order.length);
  sorted.set(first);
  let filled = first.length;
  let from = 0;
  // Where somebody looked, nodes are numbered by time: a node's place is its number.
  for (const node of first) {
    sorted.set(order.subarray(from, node), filled);
    filled += node - from;
    from = node + 1;
  }
  sorted.set(order.subarray(from), filled);
  return sorted;
}
