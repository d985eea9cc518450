import type { ChainIndex } from "./chain-index.ts";

/** Beyond this a bound says only that there may be more: sums over diamonds double with each of them. */
const SATURATED = 2 ** 52;

/**
 * For every node a bound on how many it leads to, itself included: its own one and its children's bounds, so
 * that what is reached by two ways counts twice. Exact for trees, never too low. The members of a cycle lead
 * to each other and share one bound. Linear.
 */
export function reachBounds(index: ChainIndex): Float64Array {
  const bounds = new Float64Array(index.nodes.count);
  const { before, after, component } = index.condensed;
  const { start, nodes } = index.children;
  for (let first = 0; first < after.length; ) {
    const name = component?.[after[first] ?? 0];
    let sum = 0;
    let end = first;
    while (end < after.length && component?.[after[end] ?? 0] === name) {
      const node = after[end] ?? 0;
      sum += 1;
      const last = start[node + 1] ?? 0;
      for (let slot = start[node] ?? 0; slot < last; slot += 1) {
        const child = nodes[slot] ?? 0;
        sum += component?.[child] === name ? 0 : (bounds[child] ?? 0);
      }
      end += 1;
    }
    for (; first < end; first += 1) {
      bounds[after[first] ?? 0] = Math.min(sum, SATURATED);
    }
  }
  for (let place = before.length - 1; place >= 0; place -= 1) {
    const node = before[place] ?? 0;
    const last = start[node + 1] ?? 0;
    let sum = 1;
    for (let slot = start[node] ?? 0; slot < last; slot += 1) {
      sum += bounds[nodes[slot] ?? 0] ?? 0;
    }
    bounds[node] = Math.min(sum, SATURATED);
  }
  return bounds;
}
