import type { ChainIndex } from "./chain-index.ts";

/** The edges that begin and end in the given nodes: in their order, each one's consequences in that of time. */
export function linksWithin(index: ChainIndex, nodes: Int32Array): Int32Array {
  const { start, nodes: ends, edges } = index.children;
  return index.withMarks((marks) => {
    let most = 0;
    for (const node of nodes) {
      marks.add(node);
      most += index.childCount(node);
    }
    const found = new Int32Array(most);
    let filled = 0;
    for (const node of nodes) {
      const end = start[node + 1] ?? 0;
      for (let slot = start[node] ?? 0; slot < end; slot += 1) {
        if (marks.has(ends[slot] ?? 0)) {
          found[filled] = edges[slot] ?? 0;
          filled += 1;
        }
      }
    }
    return found.slice(0, filled);
  });
}
