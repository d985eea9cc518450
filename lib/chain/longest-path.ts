import type { ChainIndex } from "./chain-index.ts";

/**
 * The most nodes one after the other along the given links, those that close a cycle left out. Linear in the
 * given nodes and links, whatever the size of the index.
 *
 * @param links edges whose two ends are among the nodes
 */
export function longestPath(index: ChainIndex, nodes: Int32Array, links: Int32Array): number {
  const { parent, child } = index.edges;
  return index.withMarks((marks) => {
    const placeOf = marks.queue;
    for (let place = 0; place < nodes.length; place += 1) {
      placeOf[nodes[place] ?? 0] = place;
    }
    const open = links.filter((edge) => !index.closesCycle(edge));
    const waits = new Int32Array(nodes.length);
    const start = new Int32Array(nodes.length + 1);
    for (const edge of open) {
      const from = placeOf[parent[edge] ?? 0] ?? 0;
      const to = placeOf[child[edge] ?? 0] ?? 0;
      start[from + 1] = (start[from + 1] ?? 0) + 1;
      waits[to] = (waits[to] ?? 0) + 1;
    }
    for (let place = 0; place < nodes.length; place += 1) {
      start[place + 1] = (start[place + 1] ?? 0) + (start[place] ?? 0);
    }
    const cursor = start.slice();
    const ends = new Int32Array(open.length);
    for (const edge of open) {
      const from = placeOf[parent[edge] ?? 0] ?? 0;
      const slot = cursor[from] ?? 0;
      ends[slot] = placeOf[child[edge] ?? 0] ?? 0;
      cursor[from] = slot + 1;
    }
    return longest(start, ends, waits);
  });
}

function longest(start: Int32Array, ends: Int32Array, waits: Int32Array): number {
  const queue = new Int32Array(waits.length);
  const length = new Int32Array(waits.length).fill(1);
  let filled = 0;
  let most = 0;
  for (let place = 0; place < waits.length; place += 1) {
    if (waits[place] === 0) {
      queue[filled] = place;
      filled += 1;
    }
  }
  for (let taken = 0; taken < filled; taken += 1) {
    const place = queue[taken] ?? 0;
    const own = length[place] ?? 1;
    most = Math.max(most, own);
    const end = start[place + 1] ?? 0;
    for (let slot = start[place] ?? 0; slot < end; slot += 1) {
      const next = ends[slot] ?? 0;
      length[next] = Math.max(length[next] ?? 1, own + 1);
      const left = (waits[next] ?? 0) - 1;
      waits[next] = left;
      if (left === 0) {
        queue[filled] = next;
        filled += 1;
      }
    }
  }
  return most;
}
