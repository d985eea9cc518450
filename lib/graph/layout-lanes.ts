import { at, type LayoutGraph } from "./layout-graph.ts";

/** Lanes of the nodes, numbered by first appearance: by column, then by time. */
export interface LaneNames {
  readonly names: readonly string[];
  readonly of: Int32Array;
}

/** The two orders anyone would take: as they appear, and by name. */
export function lanesOf(graph: LayoutGraph, columns: Int32Array): LaneNames {
  const byColumn = graph.byTime
    .slice()
    .sort((a, b) => at(columns, a) - at(columns, b) || at(graph.turn, a) - at(graph.turn, b));
  const numbers = new Map<string, number>();
  const of = new Int32Array(graph.nodes.length);
  for (const node of byColumn) {
    const name = graph.nodes[node]?.lane ?? "";
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    of[node] = number;
  }
  return { names: [...numbers.keys()], of };
}

export function alphabetical(names: readonly string[]): number[] {
  const order = names.map((_, lane) => lane);
  return order.sort((a, b) => ((names[a] ?? "") < (names[b] ?? "") ? -1 : 1));
}

/** How many edges join two lanes: `weights[a]` maps b to their number, both ways alike. */
export type LaneWeights = readonly ReadonlyMap<number, number>[];

export function laneWeights(graph: LayoutGraph, lanes: LaneNames): LaneWeights {
  const weights = lanes.names.map(() => new Map<number, number>());
  for (let edge = 0; edge < graph.from.length; edge++) {
    const a = at(lanes.of, at(graph.from, edge));
    const b = at(lanes.of, at(graph.to, edge));
    if (a === b) continue;
    weights[a]?.set(b, (weights[a]?.get(b) ?? 0) + 1);
    weights[b]?.set(a, (weights[b]?.get(a) ?? 0) + 1);
  }
  return weights;
}

/** Above this many lanes only neighbours are exchanged. */
const INSERTED = 40;
const PASSES = 6;

/**
 * Brings lanes that are joined by many edges near one another: from the given order, each lane is moved to
 * where the lanes that edges leap over become fewest, until nothing gets better or the passes are used up.
 */
export function nearestOrder(start: readonly number[], weights: LaneWeights): number[] {
  const order = start.slice();
  for (let pass = 0; pass < PASSES; pass++) {
    const moved =
      order.length <= INSERTED ? insertEach(order, weights) : exchangeEach(order, weights);
    if (!moved) break;
  }
  return order;
}

/** New lanes put where they are nearest to what they are joined to, among lanes that keep their order. */
export function withNewLanes(
  kept: readonly number[],
  fresh: readonly number[],
  weights: LaneWeights,
): number[] {
  const order = kept.slice();
  for (const lane of fresh) {
    if (order.length > INSERTED * 4) order.push(lane);
    else order.splice(bestPlace(order, lane, weights), 0, lane);
  }
  return order;
}

function insertEach(order: number[], weights: LaneWeights): boolean {
  let moved = false;
  for (const lane of order.slice()) {
    const before = order.indexOf(lane);
    const cost = spanOf(order, weights);
    order.splice(before, 1);
    order.splice(bestPlace(order, lane, weights), 0, lane);
    if (spanOf(order, weights) < cost) moved = true;
    else {
      order.splice(order.indexOf(lane), 1);
      order.splice(before, 0, lane);
    }
  }
  return moved;
}

/** The place for one more lane with the least total span; the last of equal ones, which changes least above. */
function bestPlace(order: readonly number[], lane: number, weights: LaneWeights): number {
  let best = order.length;
  let least = Number.POSITIVE_INFINITY;
  for (let place = order.length; place >= 0; place--) {
    const span = spanOf([...order.slice(0, place), lane, ...order.slice(place)], weights);
    if (span < least) {
      least = span;
      best = place;
    }
  }
  return best;
}

function spanOf(order: readonly number[], weights: LaneWeights): number {
  const places = new Map(order.map((lane, place) => [lane, place]));
  let span = 0;
  order.forEach((lane, place) => {
    for (const [other, weight] of weights[lane] ?? []) {
      const there = places.get(other);
      if (there !== undefined && there > place) span += (there - place) * weight;
    }
  });
  return span;
}

function exchangeEach(order: number[], weights: LaneWeights): boolean {
  const places = new Map(order.map((lane, place) => [lane, place]));
  let moved = false;
  for (let place = 0; place + 1 < order.length; place++) {
    const upper = order[place] ?? 0;
    const lower = order[place + 1] ?? 0;
    // Of all but each other, how many lie below: those get nearer to what moves down.
    const pull = (lane: number, other: number) => {
      let below = 0;
      for (const [joined, weight] of weights[lane] ?? []) {
        if (joined === other) continue;
        below += (places.get(joined) ?? 0) > place ? weight : -weight;
      }
      return below;
    };
    if (pull(upper, lower) - pull(lower, upper) <= 0) continue;
    order[place] = lower;
    order[place + 1] = upper;
    places.set(lower, place);
    places.set(upper, place + 1);
    moved = true;
  }
  return moved;
}
