import { type Adjacencies, isNumbered } from "./adjacency.ts";

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
 * a cause may stand anywhere: those that are later than a consequence, and parents that are not loaded and have no
 * time, are put first. Null where another node is not earlier than its consequence.
 */
export function timeAsTopological({ parents }: Adjacencies, order: Int32Array): Int32Array | null {
  const { start, nodes } = parents;
  const place = isNumbered(order) ? order : inverse(order);
  const isLate = new Uint8Array(order.length);
  let late = 0;
  for (let node = 0; node < order.length; node += 1) {
    const end = start[node + 1] ?? 0;
    for (let slot = start[node] ?? 0; slot < end; slot += 1) {
      const parent = nodes[slot] ?? 0;
      if ((place[parent] ?? 0) < (place[node] ?? 0)) {
        continue;
      }
      if (start[parent] !== start[parent + 1]) {
        return null;
      }
      late += isLate[parent] === 1 ? 0 : 1;
      isLate[parent] = 1;
    }
  }
  if (late === 0) {
    return order;
  }
  const sorted = new Int32Array(order.length);
  let early = 0;
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] ?? 0;
    if (isLate[node] === 1) {
      sorted[early] = node;
      early += 1;
    } else {
      sorted[late] = node;
      late += 1;
    }
  }
  return sorted;
}

function inverse(order: Int32Array): Int32Array {
  const place = new Int32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    place[order[at] ?? 0] = at;
  }
  return place;
}
