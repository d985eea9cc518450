import type { Adjacency } from "./adjacency.ts";

/** In {@link strongComponents}: the node was not looked at. */
export const NO_COMPONENT = -1;

export interface Components {
  /** Of each node that was looked at; nodes with the same number lead to each other. */
  readonly component: Int32Array;
  /** The nodes that were looked at, each component together, consequences before causes. */
  readonly order: Int32Array;
}

/**
 * Tarjan's strongly connected components without recursion.
 *
 * @param among nodes to look at; their children must be among them
 * @param count nodes in all
 */
export function strongComponents(
  { start, nodes }: Adjacency,
  among: readonly number[],
  count: number,
): Components {
  const component = new Int32Array(count).fill(NO_COMPONENT);
  // When a node was first met, from 1; then the earliest meeting that it leads back to.
  const met = new Int32Array(count);
  const low = new Int32Array(count);
  const cursor = new Int32Array(count);
  const open = new Int32Array(among.length);
  const path = new Int32Array(among.length);
  const order = new Int32Array(among.length);
  let ordered = 0;
  let meetings = 0;
  let opened = 0;
  let components = 0;
  for (const first of among) {
    if (met[first] !== 0) {
      continue;
    }
    let deep = 0;
    path[0] = first;
    while (deep >= 0) {
      const node = path[deep] ?? 0;
      if (met[node] === 0) {
        meetings += 1;
        met[node] = meetings;
        low[node] = meetings;
        cursor[node] = start[node] ?? 0;
        open[opened] = node;
        opened += 1;
      }
      const slot = cursor[node] ?? 0;
      if (slot < (start[node + 1] ?? 0)) {
        cursor[node] = slot + 1;
        const child = nodes[slot] ?? 0;
        if (met[child] === 0) {
          deep += 1;
          path[deep] = child;
        } else if (component[child] === NO_COMPONENT) {
          low[node] = Math.min(low[node] ?? 0, met[child] ?? 0);
        }
        continue;
      }
      if (low[node] === met[node]) {
        let member = -1;
        while (member !== node) {
          opened -= 1;
          member = open[opened] ?? node;
          component[member] = components;
          order[ordered] = member;
          ordered += 1;
        }
        components += 1;
      }
      deep -= 1;
      const above = deep < 0 ? node : (path[deep] ?? node);
      low[above] = Math.min(low[above] ?? 0, low[node] ?? 0);
    }
  }
  return { component, order };
}
