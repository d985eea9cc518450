import { countCrossings } from "./crossings.ts";
import type { Block } from "./layout-blocks.ts";
import { at, edgesOf, type LayoutGraph } from "./layout-graph.ts";
import { METRICS } from "./metrics.ts";
import { Shelf } from "./shelf.ts";

/** Everything that is settled before rows are chosen. */
export interface RowTask {
  readonly graph: LayoutGraph;
  readonly columns: Int32Array;
  readonly blocks: readonly Block[];
  /** Lane of each node, and the place from above of each lane. */
  readonly lanes: Int32Array;
  readonly laneOrder: readonly number[];
  /** Row to keep of each node, -1 for none; null where nothing was placed before. */
  readonly kept: Int32Array | null;
}

export interface Rows {
  readonly row: Int32Array;
  readonly heights: Float64Array;
  /** By lane, not by its place. */
  readonly top: Float64Array;
  readonly laneRows: Int32Array;
  readonly crossings: number;
  /** Sum of the vertical way of all edges. */
  readonly way: number;
}

/** Above this many nodes one arrangement is made and not improved: time matters more, and the eye is lost. */
const IMPROVED = 2_000;
const SWEEPS = 5;

/**
 * Rows for all blocks. First each goes to the free row nearest to its causes in its lane; then, a bounded
 * number of times, to the free row nearest to the middle of everything it is joined to. The arrangement with
 * the fewest crossings wins; of equal ones the one whose edges are shorter.
 */
export function rowsOf(task: RowTask, sweeps = SWEEPS): Rows {
  let best = settle(task, firstRows(task));
  if (task.kept !== null) return best;
  const rounds = task.graph.nodes.length > IMPROVED ? 1 : sweeps;
  let current = best;
  for (let round = 0; round < rounds; round++) {
    current = settle(task, sweptRows(task, current, round));
    if (isBetter(current, best)) best = current;
  }
  return best;
}

export function isBetter(a: Rows, b: Rows): boolean {
  return a.crossings < b.crossings || (a.crossings === b.crossings && a.way < b.way - 0.5);
}

function firstRows(task: RowTask): Int32Array {
  const row = new Int32Array(task.graph.nodes.length).fill(-1);
  const shelves = task.laneOrder.map(() => new Shelf());
  const put = (lane: number, nodes: readonly number[], wanted: number) => {
    const start = at(task.columns, at(nodes, 0));
    const end = at(task.columns, at(nodes, nodes.length - 1));
    const place = shelves[lane]?.put(start, end, wanted) ?? 0;
    for (const node of nodes) row[node] = place;
  };
  if (task.kept === null) {
    for (const block of task.blocks) {
      put(block.lane, block.nodes, meanRowOfCauses(task, block, row));
    }
    return row;
  }
  // What was there before takes its rows, and the lines between it theirs, before anything new can.
  for (const block of task.blocks) {
    for (const node of block.nodes) {
      const kept = at(task.kept, node);
      if (kept < 0) continue;
      shelves[block.lane]?.open(kept);
      put(block.lane, [node], kept);
    }
  }
  for (const block of task.blocks) {
    block.nodes.forEach((node, index) => {
      const next = block.nodes[index + 1];
      const place = at(row, node);
      if (next === undefined || place < 0 || place !== at(row, next)) return;
      shelves[block.lane]?.take(place, at(task.columns, node) + 1, at(task.columns, next) - 1);
    });
  }
  for (const block of task.blocks) {
    let piece: number[] = [];
    let wanted = -1;
    const settlePiece = (after: number) => {
      if (piece.length === 0) return;
      const beside = wanted >= 0 ? wanted : after;
      put(block.lane, piece, beside >= 0 ? beside : meanRowOfCauses(task, block, row));
      piece = [];
    };
    for (const node of block.nodes) {
      const place = at(row, node);
      if (place < 0) piece.push(node);
      else {
        settlePiece(place);
        wanted = place;
      }
    }
    settlePiece(-1);
  }
  return row;
}

/** Mean row of the causes in the same lane that have one; 0 where there is none. */
function meanRowOfCauses(task: RowTask, block: Block, row: Int32Array): number {
  let sum = 0;
  let count = 0;
  for (const node of block.nodes) {
    for (const edge of edgesOf(task.graph.incoming, node)) {
      const cause = at(task.graph.from, edge);
      if (at(task.lanes, cause) !== block.lane || at(row, cause) < 0) continue;
      sum += at(row, cause);
      count++;
    }
  }
  return count === 0 ? 0 : Math.round(sum / count);
}

function sweptRows(task: RowTask, current: Rows, round: number): Int32Array {
  const { graph } = task;
  const row = new Int32Array(graph.nodes.length).fill(-1);
  const blockOf = new Int32Array(graph.nodes.length);
  task.blocks.forEach((block, index) => {
    for (const node of block.nodes) blockOf[node] = index;
  });
  // Alternately by causes alone, by consequences alone, and by both: each gets others out of its way.
  const byCauses = round % 3 !== 1;
  const byConsequences = round % 3 !== 0;
  const wanted = task.blocks.map((block, index) => {
    let sum = 0;
    let count = 0;
    for (const node of block.nodes) {
      if (byCauses) {
        for (const edge of edgesOf(graph.incoming, node)) {
          const other = at(graph.from, edge);
          if (at(blockOf, other) === index) continue;
          sum += at(current.heights, other);
          count++;
        }
      }
      if (byConsequences) {
        for (const edge of edgesOf(graph.outgoing, node)) {
          const other = at(graph.to, edge);
          if (at(blockOf, other) === index) continue;
          sum += at(current.heights, other);
          count++;
        }
      }
    }
    const first = at(block.nodes, 0);
    const height = count === 0 ? at(current.heights, first) : sum / count;
    const zero = at(current.top, block.lane) + METRICS.lanePad;
    return (height - zero) / METRICS.row;
  });
  const shelves = task.laneOrder.map((_, lane) => new Shelf(at(current.laneRows, lane)));
  // Blocks that begin together are put from the edge they lean to, so that they keep their order.
  const order = task.blocks.map((_, index) => index);
  const leansDown = (index: number) => {
    const lane = task.blocks[index]?.lane ?? 0;
    return (wanted[index] ?? 0) > (at(current.laneRows, lane) - 1) / 2;
  };
  order.sort((a, b) => {
    const starts = (task.blocks[a]?.start ?? 0) - (task.blocks[b]?.start ?? 0);
    if (starts !== 0) return starts;
    const down = leansDown(a);
    if (down !== leansDown(b)) return down ? 1 : -1;
    const difference = (wanted[a] ?? 0) - (wanted[b] ?? 0);
    return (down ? -difference : difference) || (down ? b - a : a - b);
  });
  for (const index of order) {
    const block = task.blocks[index];
    if (block === undefined) continue;
    const last = Math.max(0, at(current.laneRows, block.lane) - 1);
    const place = Math.min(last, Math.max(0, Math.round(wanted[index] ?? 0)));
    const taken = shelves[block.lane]?.put(block.start, block.end, place) ?? 0;
    for (const node of block.nodes) row[node] = taken;
  }
  return row;
}

/** Rows without a gap between them (unless kept), heights from them, and what they are worth. */
function settle(task: RowTask, given: Int32Array): Rows {
  const { graph, lanes } = task;
  const count = task.laneOrder.length;
  const row = task.kept === null ? closeRows(given, lanes, count) : given;
  const laneRows = new Int32Array(count);
  row.forEach((place, node) => {
    const lane = at(lanes, node);
    laneRows[lane] = Math.max(at(laneRows, lane), place + 1);
  });
  const top = new Float64Array(count);
  let y = 0;
  for (const lane of task.laneOrder) {
    top[lane] = y;
    y += laneHeight(at(laneRows, lane));
  }
  const heights = new Float64Array(graph.nodes.length);
  row.forEach((place, node) => {
    heights[node] = at(top, at(lanes, node)) + METRICS.lanePad + place * METRICS.row;
  });
  let way = 0;
  for (let edge = 0; edge < graph.from.length; edge++) {
    way += Math.abs(at(heights, at(graph.from, edge)) - at(heights, at(graph.to, edge)));
  }
  const crossings = countCrossings(graph, task.columns, heights);
  return { row, heights, top, laneRows, crossings, way };
}

export function laneHeight(rows: number): number {
  return METRICS.lanePad * 2 + Math.max(0, rows - 1) * METRICS.row;
}

function closeRows(row: Int32Array, lanes: Int32Array, count: number): Int32Array {
  const used = Array.from({ length: count }, () => new Set<number>());
  row.forEach((place, node) => {
    used[at(lanes, node)]?.add(place);
  });
  const renamed = used.map((places) => {
    const sorted = [...places].sort((a, b) => a - b);
    return new Map(sorted.map((place, index) => [place, index]));
  });
  return row.map((place, node) => renamed[at(lanes, node)]?.get(place) ?? place);
}
