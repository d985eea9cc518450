import { at, type LayoutGraph } from "./layout-graph.ts";

/** Steps of one lane that follow one another: they stay on one row, and nothing else stands between them. */
export interface Block {
  readonly lane: number;
  readonly nodes: readonly number[];
  /** First and last column. */
  readonly start: number;
  readonly end: number;
}

/** Columns that a run may leap on one row: a longer leap would keep the row from everything between. */
const LONGEST_LEAP = 6;

/**
 * Cuts every lane into runs. Each node has at most one successor in its run: the nearest column first, real
 * steps before stubs, steps of one process before those that a topic joins, then by time.
 */
export function blocksOf(graph: LayoutGraph, columns: Int32Array, lanes: Int32Array): Block[] {
  const candidates: number[] = [];
  for (let edge = 0; edge < graph.from.length; edge++) {
    const from = at(graph.from, edge);
    const to = at(graph.to, edge);
    const leap = at(columns, to) - at(columns, from);
    if (at(lanes, from) === at(lanes, to) && leap > 0 && leap <= LONGEST_LEAP) {
      candidates.push(edge);
    }
  }
  const leapOf = (edge: number) =>
    at(columns, at(graph.to, edge)) - at(columns, at(graph.from, edge));
  const weightOf = (edge: number) => {
    const ends = [graph.nodes[at(graph.from, edge)], graph.nodes[at(graph.to, edge)]];
    const isAside = ends.some((node) => node?.shape === "stub" || node?.shape === "missing");
    return leapOf(edge) * 4 + (isAside ? 2 : 0) + (graph.topics[edge] === "" ? 0 : 1);
  };
  const weights = new Map(candidates.map((edge) => [edge, weightOf(edge)]));
  candidates.sort(
    (a, b) =>
      (weights.get(a) ?? 0) - (weights.get(b) ?? 0) ||
      at(graph.turn, at(graph.to, a)) - at(graph.turn, at(graph.to, b)) ||
      at(graph.turn, at(graph.from, a)) - at(graph.turn, at(graph.from, b)),
  );
  const next = new Int32Array(graph.nodes.length).fill(-1);
  const hasPrevious = new Uint8Array(graph.nodes.length);
  for (const edge of candidates) {
    const from = at(graph.from, edge);
    const to = at(graph.to, edge);
    if (at(next, from) !== -1 || at(hasPrevious, to) === 1) continue;
    next[from] = to;
    hasPrevious[to] = 1;
  }
  const blocks: Block[] = [];
  for (const first of graph.byTime) {
    if (at(hasPrevious, first) === 1) continue;
    const nodes: number[] = [];
    for (let node = first; node !== -1; node = at(next, node)) nodes.push(node);
    const last = nodes.at(-1) ?? first;
    blocks.push({
      lane: at(lanes, first),
      nodes,
      start: at(columns, first),
      end: at(columns, last),
    });
  }
  return blocks.sort((a, b) => a.start - b.start);
}
