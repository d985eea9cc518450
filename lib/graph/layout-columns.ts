import { at, edgesOf, type LayoutGraph } from "./layout-graph.ts";

/**
 * The column of each node: one more than that of its furthest cause. Where edges that are not marked as
 * closing still form a cycle, its earliest node is ranked without the causes that are themselves waiting,
 * so that every node has a column; those edges then lead backwards.
 *
 * What does not come from the earliest root stands as far right as its consequences allow: a parent that is
 * not loaded is of interest where it is named.
 */
export function columnsOf(graph: LayoutGraph): Int32Array {
  const count = graph.nodes.length;
  const columns = new Int32Array(count);
  const waiting = new Int32Array(count);
  for (let edge = 0; edge < graph.to.length; edge++) {
    const node = at(graph.to, edge);
    if (at(graph.closing, edge) === 0) waiting[node] = at(waiting, node) + 1;
  }
  const ranked = new Uint8Array(count);
  const queue: number[] = [];
  for (const node of graph.byTime) if (at(waiting, node) === 0) queue.push(node);
  const roots = queue.slice();
  let head = 0;
  let stuck = 0;
  for (let done = 0; done < count; done++) {
    while (head === queue.length) {
      const node = at(graph.byTime, stuck++);
      if (at(ranked, node) === 0) queue.push(node);
    }
    const node = at(queue, head++);
    ranked[node] = 1;
    for (const edge of edgesOf(graph.outgoing, node)) {
      const child = at(graph.to, edge);
      if (at(graph.closing, edge) === 1 || at(ranked, child) === 1) continue;
      columns[child] = Math.max(at(columns, child), at(columns, node) + 1);
      const left = at(waiting, child) - 1;
      waiting[child] = left;
      if (left === 0) queue.push(child);
    }
  }
  pullRight(graph, columns, roots, queue);
  return columns;
}

/** `order` has causes before consequences. */
function pullRight(
  graph: LayoutGraph,
  columns: Int32Array,
  roots: readonly number[],
  order: readonly number[],
): void {
  const earliest = roots.find((node) => graph.nodes[node]?.shape === "receipt") ?? roots[0];
  if (earliest === undefined) return;
  const stays = new Uint8Array(columns.length);
  stays[earliest] = 1;
  for (const node of order) {
    if (at(stays, node) === 0) continue;
    for (const edge of edgesOf(graph.outgoing, node)) {
      if (at(graph.closing, edge) === 0) stays[at(graph.to, edge)] = 1;
    }
  }
  for (let place = order.length - 1; place >= 0; place--) {
    const node = at(order, place);
    if (at(stays, node) === 1) continue;
    let nearest = Number.POSITIVE_INFINITY;
    for (const edge of edgesOf(graph.outgoing, node)) {
      const child = at(graph.to, edge);
      const column = at(columns, child);
      // Edges that lead backwards although nothing marks them do not count.
      if (at(graph.closing, edge) === 0 && column > at(columns, node)) {
        nearest = Math.min(nearest, column);
      }
    }
    if (nearest !== Number.POSITIVE_INFINITY) columns[node] = nearest - 1;
  }
}
