import { type Block, blocksOf } from "./layout-blocks.ts";
import { columnsOf } from "./layout-columns.ts";
import { at, type LayoutGraph, layoutGraph } from "./layout-graph.ts";
import {
  alphabetical,
  type LaneNames,
  lanesOf,
  laneWeights,
  nearestOrder,
  withNewLanes,
} from "./layout-lanes.ts";
import type { Layout, LayoutEdge, LayoutNode, LayoutOptions } from "./layout-model.ts";
import { isBetter, laneHeight, type Rows, rowsOf } from "./layout-rows.ts";
import { gapWidths, leavingTopics, placeTopics } from "./layout-topics.ts";
import { METRICS } from "./metrics.ts";

/**
 * Places a choreography from left to right in lanes. Pure and deterministic: the same things in the same order
 * give the same picture. No two nodes share a point, whatever the edges say.
 *
 * - Column: one more than the furthest cause ({@link columnsOf}).
 * - Lanes: in an order that brings joined lanes together, with fewer crossings than the order of appearance
 *   and the order of names.
 * - Row: runs of a lane stay on one ({@link blocksOf}), near to what they are joined to ({@link rowsOf}).
 *
 * With `previous`, lanes keep their order and nodes their rows; what is new goes where there is room.
 */
export function layOut(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions,
): Layout {
  const prepared = prepare(nodes, edges);
  const kept = keptRows(nodes, options.previous);
  const previousLanes = options.lanes ?? null;
  if (previousLanes !== null) {
    const order = keptLanes(prepared, previousLanes);
    return finish(prepared, order, rowsOf(task(prepared, order, kept)));
  }
  return improve(prepared, kept);
}

/** Options that keep what a picture shows where it is. */
export function keeping(layout: Layout): LayoutOptions {
  return {
    previous: new Map(layout.nodes.map((node) => [node.key, node.row])),
    lanes: layout.lanes.map((lane) => lane.name),
  };
}

/** The same with the lanes in a given order of names; for comparison. */
export function layOutInOrder(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  order: "appearance" | "alphabetical",
): Layout {
  const prepared = prepare(nodes, edges);
  const lanes = naive(prepared, order);
  return finish(prepared, lanes, rowsOf(task(prepared, lanes, null)));
}

interface Prepared {
  readonly graph: LayoutGraph;
  readonly columns: Int32Array;
  readonly lanes: LaneNames;
  readonly blocks: readonly Block[];
}

/** Arrangements that may be tried: this many nodes and edges all together, so that time is bounded. */
const EFFORT = 6_000;
const MOST_TRIED = 20;

function prepare(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Prepared {
  const graph = layoutGraph(nodes, edges);
  const columns = columnsOf(graph);
  const lanes = lanesOf(graph, columns);
  return { graph, columns, lanes, blocks: blocksOf(graph, columns, lanes.of) };
}

function task(prepared: Prepared, laneOrder: readonly number[], kept: Int32Array | null) {
  const { graph, columns, blocks, lanes } = prepared;
  return { graph, columns, blocks, lanes: lanes.of, laneOrder, kept };
}

function naive(prepared: Prepared, order: "appearance" | "alphabetical"): number[] {
  const { names } = prepared.lanes;
  return order === "appearance" ? names.map((_, lane) => lane) : alphabetical(names);
}

/**
 * The best of both naive orders and of the order by nearness from each; then neighbouring lanes of the best
 * are exchanged while that makes fewer crossings and effort remains.
 */
function improve(prepared: Prepared, kept: Int32Array | null): Layout {
  const weights = laneWeights(prepared.graph, prepared.lanes);
  const starts = [naive(prepared, "appearance"), naive(prepared, "alphabetical")];
  const size = prepared.graph.nodes.length + prepared.graph.from.length + 1;
  const orders = [...starts, ...starts.map((start) => nearestOrder(start, weights))];
  const tried = new Set<string>();
  let order = starts[0] ?? [];
  let best: Rows | null = null;
  const attempt = (candidate: readonly number[]): boolean => {
    const name = candidate.join(" ");
    if (tried.has(name)) return false;
    tried.add(name);
    const rows = rowsOf(task(prepared, candidate, kept));
    if (best !== null && !isBetter(rows, best)) return false;
    best = rows;
    order = candidate.slice();
    return true;
  };
  const crossings = (): number => best?.crossings ?? 0;
  for (const candidate of orders) attempt(candidate);
  const most = orders.length + Math.min(MOST_TRIED, Math.floor(EFFORT / size));
  for (let improved = true; improved && crossings() > 0 && tried.size < most; ) {
    improved = false;
    for (let place = 0; place + 1 < order.length && tried.size < most; place++) {
      const swapped = order.slice();
      swapped.splice(place, 2, order[place + 1] ?? 0, order[place] ?? 0);
      if (attempt(swapped)) improved = true;
    }
  }
  return finish(prepared, order, best ?? rowsOf(task(prepared, order, kept)));
}

function keptLanes(prepared: Prepared, previous: readonly string[]): number[] {
  const { names } = prepared.lanes;
  const numbers = new Map(names.map((name, lane) => [name, lane]));
  const kept = new Set<number>();
  for (const name of previous) {
    const lane = numbers.get(name);
    if (lane !== undefined) kept.add(lane);
  }
  const fresh = naive(prepared, "appearance").filter((lane) => !kept.has(lane));
  return withNewLanes([...kept], fresh, laneWeights(prepared.graph, prepared.lanes));
}

function keptRows(
  nodes: readonly LayoutNode[],
  previous: LayoutOptions["previous"],
): Int32Array | null {
  if (previous === null) return null;
  return Int32Array.from(nodes, (node) => previous.get(node.key) ?? -1);
}

function finish(prepared: Prepared, order: readonly number[], rows: Rows): Layout {
  const { graph, columns, lanes } = prepared;
  const topics = leavingTopics(graph);
  const widths = gapWidths(topics, columns);
  const places = new Int32Array(order.length);
  order.forEach((lane, place) => {
    places[lane] = place;
  });
  let last = 0;
  for (const column of columns) last = Math.max(last, column);
  const x = new Float64Array(last + 1);
  x[0] = METRICS.sidePad;
  for (let column = 1; column <= last; column++) {
    x[column] = at(x, column - 1) + (widths.get(column - 1) ?? METRICS.gap);
  }
  const xOf = (node: number) => at(x, at(columns, node));
  const yOf = (node: number) => at(rows.heights, node);
  const labels = placeTopics(topics, columns, xOf, yOf);
  const tall = order.reduce((sum, lane) => sum + laneHeight(at(rows.laneRows, lane)), 0);
  const lowest = labels.reduce((most, label) => Math.max(most, label.y + METRICS.topicHeight), 0);
  return {
    nodes: graph.nodes.map((node, index) => ({
      key: node.key,
      lane: at(places, at(lanes.of, index)),
      row: at(rows.row, index),
      x: xOf(index),
      y: yOf(index),
    })),
    lanes: order.map((lane) => ({
      name: lanes.names[lane] ?? "",
      top: at(rows.top, lane),
      height: laneHeight(at(rows.laneRows, lane)),
    })),
    topics: topics.map((leaving, index) => ({
      from: graph.nodes[leaving.node]?.key ?? "",
      topic: leaving.topic,
      readers: leaving.readers,
      x: labels[index]?.x ?? 0,
      y: labels[index]?.y ?? 0,
    })),
    width: at(x, last) + METRICS.sidePad + (widths.get(last) ?? 0),
    height: Math.max(tall, lowest),
    crossings: rows.crossings,
  };
}
