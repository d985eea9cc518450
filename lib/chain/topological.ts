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
  for (const node of order) {
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
