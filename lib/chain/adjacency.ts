/** Neighbours of node `n`: `nodes[start[n]] .. nodes[start[n + 1] - 1]`, and the edges that lead there. */
export interface Adjacency {
  readonly start: Int32Array;
  readonly nodes: Int32Array;
  readonly edges: Int32Array;
}

/** Both sides of the edges, each node's neighbours in the order of time. */
export interface Adjacencies {
  readonly children: Adjacency;
  readonly parents: Adjacency;
}

/**
 * Linear, without a sort for each node: nodes are visited in the order of time, and each is appended to the
 * lists of its neighbours. A node with 50,000 children costs what 50,000 nodes with one cost. Where nodes are
 * numbered by time and edges come by their children, as they do from a log in order, most of it stands already.
 *
 * @param order every node once, in the order of time
 */
export function adjacencies(parent: Int32Array, child: Int32Array, order: Int32Array): Adjacencies {
  if (isNumbered(order) && isAscending(child)) {
    return {
      children: byParent(parent, child, order.length),
      parents: byChild(parent, child, order.length),
    };
  }
  const unordered = buckets(child, order.length);
  const children = transpose(unordered, parent, child, order);
  const parents = transpose(children, child, parent, order);
  return { children, parents };
}

/** The order is that of the numbers. */
export function isNumbered(order: Int32Array): boolean {
  for (let node = 0; node < order.length; node += 1) {
    if (order[node] !== node) {
      return false;
    }
  }
  return true;
}

function isAscending(values: Int32Array): boolean {
  for (let at = 1; at < values.length; at += 1) {
    if ((values[at] ?? 0) < (values[at - 1] ?? 0)) {
      return false;
    }
  }
  return true;
}

/** Edges that ascend by child, by their parents: each is appended to its parent's list. */
function byParent(parent: Int32Array, child: Int32Array, count: number): Adjacency {
  // Each start moves on as its list is filled, and stands where the next list begins in the end.
  const start = starts(parent, count);
  const nodes = new Int32Array(parent.length);
  const edges = new Int32Array(parent.length);
  for (let edge = 0; edge < parent.length; edge += 1) {
    const node = parent[edge] ?? 0;
    const place = start[node] ?? 0;
    nodes[place] = child[edge] ?? 0;
    edges[place] = edge;
    start[node] = place + 1;
  }
  start.copyWithin(1, 0, count);
  start[0] = 0;
  return { start, nodes, edges };
}

/** The same edges by their children: they stand there, but for lists whose parents do not ascend. */
function byChild(parent: Int32Array, child: Int32Array, count: number): Adjacency {
  const start = new Int32Array(count + 1);
  const nodes = parent.slice();
  const edges = new Int32Array(parent.length);
  const unsorted: number[] = [];
  let filled = 0;
  let last = -1;
  for (let edge = 0; edge < edges.length; edge += 1) {
    const of = child[edge] ?? 0;
    edges[edge] = edge;
    while (filled < of) {
      filled += 1;
      start[filled] = edge;
      last = -1;
    }
    const from = parent[edge] ?? 0;
    if (from < last) {
      unsorted.push(of);
    }
    last = from;
  }
  start.fill(edges.length, filled + 1);
  for (const of of new Set(unsorted)) {
    const end = start[of + 1] ?? 0;
    edges
      .subarray(start[of], end)
      .sort((left, right) => (parent[left] ?? 0) - (parent[right] ?? 0) || left - right);
    for (let slot = start[of] ?? 0; slot < end; slot += 1) {
      nodes[slot] = parent[edges[slot] ?? 0] ?? 0;
    }
  }
  return { start, nodes, edges };
}

/** Edges by their end `at`, in the order of the edges. */
function buckets(at: Int32Array, count: number): Adjacency {
  const start = starts(at, count);
  const cursor = start.slice();
  const edges = new Int32Array(at.length);
  for (let edge = 0; edge < at.length; edge += 1) {
    const node = at[edge] ?? 0;
    const place = cursor[node] ?? 0;
    edges[place] = edge;
    cursor[node] = place + 1;
  }
  return { start, nodes: edges, edges };
}

/** From edges by `near` to edges by `far`, in each list the near ends in the given order. */
function transpose(
  from: Adjacency,
  far: Int32Array,
  near: Int32Array,
  order: Int32Array,
): Adjacency {
  const start = starts(far, order.length);
  const cursor = start.slice();
  const nodes = new Int32Array(near.length);
  const edges = new Int32Array(near.length);
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] ?? 0;
    const end = from.start[node + 1] ?? 0;
    for (let slot = from.start[node] ?? 0; slot < end; slot += 1) {
      const edge = from.edges[slot] ?? 0;
      const owner = far[edge] ?? 0;
      const place = cursor[owner] ?? 0;
      nodes[place] = node;
      edges[place] = edge;
      cursor[owner] = place + 1;
    }
  }
  return { start, nodes, edges };
}

function starts(at: Int32Array, count: number): Int32Array {
  const start = new Int32Array(count + 1);
  for (let edge = 0; edge < at.length; edge += 1) {
    const node = at[edge] ?? 0;
    start[node + 1] = (start[node + 1] ?? 0) + 1;
  }
  for (let node = 0; node < count; node += 1) {
    start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  }
  return start;
}
