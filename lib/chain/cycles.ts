import type { Adjacencies } from "./adjacency.ts";
import { strongComponents } from "./components.ts";
import { sortTopologically, timeAsTopological } from "./topological.ts";

/** Nodes that are, by way of each other, their own causes. */
export interface Cycle {
  readonly members: number;
  /** The earliest members, at most 20, in the order of time. */
  readonly first: readonly number[];
  /** Something outside of it leads to it. */
  readonly isLedTo: boolean;
}

/** Every node once. */
export interface Condensed {
  /** Nodes on no cycle and after none, causes before consequences. */
  readonly before: Int32Array;
  /** All others, consequences before causes, the members of each component together. */
  readonly after: Int32Array;
  /** Of the nodes in {@link after}. */
  readonly component: Int32Array | null;
}

/** What there is to know of cycles. Columns are null where there is none: the usual case costs one pass. */
export interface Cycles {
  readonly list: readonly Cycle[];
  readonly onCycle: Uint8Array | null;
  /** Edges without which no cycle is left. */
  readonly closing: Uint8Array | null;
  /** Every node once, causes before consequences along all edges that do not close a cycle. */
  readonly topological: Int32Array;
  readonly condensed: Condensed;
}

const FIRST_MEMBERS = 20;

/** @param order every node once, in the order of time */
export function findCycles(links: Adjacencies, order: Int32Array): Cycles {
  const count = order.length;
  const before = timeAsTopological(links, order) ?? sortTopologically(links, order, null);
  if (before.length === count) {
    const condensed = { before, after: new Int32Array(0), component: null };
    return { list: [], onCycle: null, closing: null, topological: before, condensed };
  }
  const isSorted = new Uint8Array(count);
  for (const node of before) {
    isSorted[node] = 1;
  }
  const rest: number[] = [];
  for (const node of order) {
    if (isSorted[node] === 0) {
      rest.push(node);
    }
  }
  const { component, order: after } = strongComponents(links.children, rest, count);
  const { list, onCycle } = gather(links, rest, component);
  const closing = closingEdges(links, order, onCycle, component);
  const topological = sortTopologically(links, order, closing);
  return { list, onCycle, closing, topological, condensed: { before, after, component } };
}

/** Components of several nodes, and nodes that are their own parents. */
function gather(
  { children, parents }: Adjacencies,
  rest: readonly number[],
  component: Int32Array,
): { readonly list: readonly Cycle[]; readonly onCycle: Uint8Array } {
  const found = new Map<number, { members: number; readonly first: number[]; isLedTo: boolean }>();
  for (const node of rest) {
    const name = component[node] ?? 0;
    const cycle = found.get(name) ?? { members: 0, first: [], isLedTo: false };
    cycle.members += 1;
    if (cycle.first.length < FIRST_MEMBERS) {
      cycle.first.push(node);
    }
    const end = parents.start[node + 1] ?? 0;
    for (let slot = parents.start[node] ?? 0; slot < end && !cycle.isLedTo; slot += 1) {
      cycle.isLedTo = component[parents.nodes[slot] ?? 0] !== name;
    }
    found.set(name, cycle);
  }
  for (const [name, cycle] of found) {
    const only = cycle.first[0] ?? 0;
    const to = children.nodes.subarray(children.start[only], children.start[only + 1]);
    if (cycle.members === 1 && !to.includes(only)) {
      found.delete(name);
    }
  }
  const onCycle = new Uint8Array(component.length);
  for (const node of rest) {
    onCycle[node] = found.has(component[node] ?? 0) ? 1 : 0;
  }
  return { list: [...found.values()], onCycle };
}

/**
 * Depth first inside each component from its earliest node, earlier consequences first: what leads back onto the
 * way is cut. Where times are true, that is the edge whose parent is later than its child.
 */
function closingEdges(
  { children }: Adjacencies,
  order: Int32Array,
  onCycle: Uint8Array,
  component: Int32Array,
): Uint8Array {
  const { start, nodes, edges } = children;
  const closing = new Uint8Array(edges.length);
  const state = new Uint8Array(order.length);
  const cursor = start.slice();
  const path: number[] = [];
  for (const first of order) {
    if (onCycle[first] === 0 || state[first] !== NEW) {
      continue;
    }
    path.push(first);
    while (path.length > 0) {
      const node = path[path.length - 1] ?? 0;
      const slot = cursor[node] ?? 0;
      if (slot === start[node + 1]) {
        state[node] = DONE;
        path.pop();
        continue;
      }
      state[node] = ON_THE_WAY;
      cursor[node] = slot + 1;
      const child = nodes[slot] ?? 0;
      if (component[child] !== component[node]) {
        continue;
      }
      if (state[child] === NEW) {
        path.push(child);
      } else if (state[child] === ON_THE_WAY) {
        closing[edges[slot] ?? 0] = 1;
      }
    }
  }
  return closing;
}

const NEW = 0;
const ON_THE_WAY = 1;
const DONE = 2;
