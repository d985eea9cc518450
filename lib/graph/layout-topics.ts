import { at, type LayoutGraph } from "./layout-graph.ts";
import { METRICS, topicText, topicWidth } from "./metrics.ts";

/** A topic that leaves a node, before it has a place. */
export interface LeavingTopic {
  readonly node: number;
  readonly topic: string;
  readonly readers: number;
}

/** One for each node and topic with an edge, in the order of the nodes; readers in a fold are all counted. */
export function leavingTopics(graph: LayoutGraph): LeavingTopic[] {
  const readers = new Map<number, Map<string, number>>();
  for (let edge = 0; edge < graph.from.length; edge++) {
    const topic = graph.topics[edge] ?? "";
    if (topic === "") continue;
    const node = at(graph.from, edge);
    const ofNode = readers.get(node) ?? new Map<string, number>();
    ofNode.set(topic, (ofNode.get(topic) ?? 0) + (graph.links[edge] ?? 1));
    readers.set(node, ofNode);
  }
  const found: LeavingTopic[] = [];
  for (const node of graph.nodes.keys()) {
    for (const [topic, count] of readers.get(node) ?? []) {
      found.push({ node, topic, readers: count });
    }
  }
  return found;
}

/** Right of a node's middle: clear of its border, and clear of the text under nodes of its column. */
const NEAR = 31;
const CLEAR = 48;
/** Room left of the next node's middle for the bends of edges. */
const BEND = 64;
/** Middles of the first labels of a node: over its line, over that one, and under the line. */
const SLOTS = [-12, -28, 12] as const;
const STEP = METRICS.topicHeight + 2;

/** Width of the gap right of each column, by the labels that stand in it. */
export function gapWidths(
  topics: readonly LeavingTopic[],
  columns: Int32Array,
): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const seen = new Map<number, number>();
  for (const leaving of topics) {
    const count = (seen.get(leaving.node) ?? 0) + 1;
    seen.set(leaving.node, count);
    const column = at(columns, leaving.node);
    const box = topicWidth(topicText(leaving));
    const need = count <= SLOTS.length ? NEAR + box + BEND : CLEAR + box + BEND;
    widths.set(column, Math.max(widths.get(column) ?? METRICS.topicGap, need));
  }
  return widths;
}

export interface TopicPlace {
  readonly x: number;
  readonly y: number;
}

/**
 * Where each label stands: right of its node over the line that leaves. What would lie over another label is
 * moved down, then further down, until it is free.
 */
export function placeTopics(
  topics: readonly LeavingTopic[],
  columns: Int32Array,
  x: (node: number) => number,
  y: (node: number) => number,
): TopicPlace[] {
  const count = new Map<number, number>();
  const gaps = new Map<number, Set<number>>();
  const floors = new Map<number, number>();
  const places: TopicPlace[] = [];
  // The near slots of every node are free by construction: they are given before anything is moved.
  const pending: number[] = [];
  topics.forEach((leaving, index) => {
    const used = count.get(leaving.node) ?? 0;
    count.set(leaving.node, used + 1);
    const slot = SLOTS[used];
    if (slot === undefined) {
      pending.push(index);
      return;
    }
    const place = { x: x(leaving.node) + NEAR, y: y(leaving.node) + slot };
    places[index] = place;
    taken(gaps, at(columns, leaving.node)).add(place.y);
  });
  for (const index of pending) {
    const leaving = topics[index];
    if (leaving === undefined) continue;
    const column = at(columns, leaving.node);
    const used = taken(gaps, column);
    // Downward from where the last label of this node was put, so that many labels take one pass.
    let height = Math.max(y(leaving.node) + 30, floors.get(leaving.node) ?? 0);
    while (isTaken(used, height)) height++;
    used.add(height);
    floors.set(leaving.node, height + STEP);
    places[index] = { x: x(leaving.node) + CLEAR, y: height };
  }
  return places;
}

function taken(gaps: Map<number, Set<number>>, column: number): Set<number> {
  const known = gaps.get(column);
  if (known !== undefined) return known;
  const made = new Set<number>();
  gaps.set(column, made);
  return made;
}

/** Heights are whole pixels, so a label's surroundings are few. */
function isTaken(used: ReadonlySet<number>, height: number): boolean {
  for (let near = height - METRICS.topicHeight; near <= height + METRICS.topicHeight; near++) {
    if (used.has(near)) return true;
  }
  return false;
}
