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
  /**
   * Parents that do not stand before each of their children, where nodes are numbered by time; some may be named
   * more than once. Null where nobody looked.
   */
  readonly late: readonly number[] | null;
}

/**
 * Linear, without a sort for each node: nodes are visited in the order of time, and each is appended to the
 * lists of its neighbours. A node with 50,000 children costs what 50,000 nodes with one cost. Where nodes are
 * numbered by time and edges come by their children, as they do from a log in order, most of it stands already.
 *
 * @param order every node once, in the order of time
 * @param isNumbered that order is the one of the nodes' numbers
 */
export function adjacencies(
  parent: Int32Array,
  child: Int32Array,
  order: Int32Array,
  isNumbered: boolean,
): Adjacencies {
  const given = isNumbered ? fromOrdered(parent, child, order.length) : null;
  if (given !== null) {
    return given;
  }
  const unordered = buckets(child, order.length);
  const children = transpose(unordered, parent, child, order);
  const parents = transpose(children, child, parent, order);
  return { children, parents, late: null };
}

/** Two passes over the edges; null where they do not ascend by child. */
function fromOrdered(parent: Int32Array, child: Int32Array, count: number): Adjacencies | null {
  const startOfParents = new Int32Array(count + 1);
  const startOfChildren = new Int32Array(count + 1);
  const parents = parent.slice();
  const parentEdges = new Int32Array(parent.length);
  const unsorted: number[] = [];
  const late: number[] = [];
  let filled = 0;
  let last = -1;
  for (let edge = 0; edge < parent.length; edge += 1) {
    const from = parent[edge] ?? 0;
    const to = child[edge] ?? 0;
    if (to < filled) {
      return null;
    }
    while (filled < to) {
      filled += 1;
      startOfParents[filled] = edge;
      last = -1;
    }
    parentEdges[edge] = edge;
    startOfChildren[from + 1] = (startOfChildren[from + 1] ?? 0) + 1;
    if (from < last && unsorted[unsorted.length - 1] !== to) {
      unsorted.push(to);
    }
    if (from >= to) {
      late.push(from);
    }
    last = from;
  }
  startOfParents.fill(parent.length, filled + 1);
  sortLists(unsorted, startOfParents, parentEdges, parents, parent);
  return {
    children: byParent(parent, child, startOfChildren),
    parents: { start: startOfParents, nodes: parents, edges: parentEdges },
    late,
  };
}

/** Puts lists whose places still are their edges in the order of their nodes, equal nodes in that of the edges. */
function sortLists(
  owners: readonly number[],
  start: Int32Array,
  edges: Int32Array,
  nodes: Int32Array,
  nodeOfEdge: Int32Array,
): void {
  for (const owner of owners) {
    const from = start[owner] ?? 0;
    const end = start[owner + 1] ?? 0;
    if (end - from === 2) {
      // By far the most: an edge and the one before it.
      edges[from] = from + 1;
      edges[from + 1] = from;
    } else {
      edges
        .subarray(from, end)
        .sort((a, b) => (nodeOfEdge[a] ?? 0) - (nodeOfEdge[b] ?? 0) || a - b);
    }
    for (let slot = from; slot < end; slot += 1) {
      nodes[slot] = nodeOfEdge[edges[slot] ?? 0] ?? 0;
    }
  }
}

/**
 * Edges that ascend by child, appended to the lists of their parents.
 *
 * @param start at each node's next place: how many children the node has; becomes the lists' starts
 */
function byParent(parent: Int32Array, child: Int32Array, start: Int32Array): Adjacency {
  const nodes = new Int32Array(parent.length);
  const edges = new Int32Array(parent.length);
  let sum = 0;
  for (let node = 1; node < start.length; node += 1) {
    const children = start[node] ?? 0;
    // One place late: filling a list moves its start to where the next one begins.
    start[node] = sum;
    sum += children;
  }
  for (let edge = 0; edge < parent.length; edge += 1) {
    const next = (parent[edge] ?? 0) + 1;
    const place = start[next] ?? 0;
    nodes[place] = child[edge] ?? 0;
    edges[place] = edge;
    start[next] = place + 1;
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
