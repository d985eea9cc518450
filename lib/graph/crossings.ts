import { at, type LayoutGraph } from "./layout-graph.ts";
import { levelOf, obstaclesOf } from "./tracks.ts";

/** A change of height in the gap right of a column. */
interface Move {
  readonly from: number;
  readonly to: number;
}

/**
 * How often drawn edges cross. An edge to the next column changes its height in the gap between the two. A
 * longer one changes it right of its source, runs level (see {@link levelOf}) and changes it again left of its
 * target. In each gap, two edges cross where one is above the other on one side and beneath it on the other;
 * edges that meet at either side of the gap do not cross in it, and edges that lead backwards are arcs over
 * the rows and are not counted. Two long edges may cross twice, and then count twice.
 *
 * Exact; O(E log E) by two Fenwick trees over the heights.
 */
export function countCrossings(
  graph: LayoutGraph,
  columns: Int32Array,
  heights: Float64Array,
): number {
  const obstacles = obstaclesOf(columns, heights);
  const gaps = new Map<number, Gap>();
  const gapAt = (column: number): Gap => {
    const known = gaps.get(column);
    if (known !== undefined) return known;
    const made: Gap = { moves: [], begins: [], ends: [] };
    gaps.set(column, made);
    return made;
  };
  const levels = new Set<number>(heights);
  for (let edge = 0; edge < graph.from.length; edge++) {
    const from = { x: at(columns, at(graph.from, edge)), y: at(heights, at(graph.from, edge)) };
    const to = { x: at(columns, at(graph.to, edge)), y: at(heights, at(graph.to, edge)) };
    if (to.x <= from.x) continue;
    if (to.x === from.x + 1) {
      gapAt(from.x).moves.push({ from: from.y, to: to.y });
      continue;
    }
    const level = levelOf(obstacles, from, to);
    levels.add(level);
    gapAt(from.x).moves.push({ from: from.y, to: level });
    gapAt(to.x - 1).moves.push({ from: level, to: to.y });
    if (to.x > from.x + 2) {
      gapAt(from.x + 1).begins.push(level);
      gapAt(to.x - 1).ends.push(level);
    }
  }
  const places = new Map<number, number>();
  for (const level of Float64Array.from(levels).sort()) places.set(level, places.size);
  const place = (level: number) => places.get(level) ?? 0;
  const passing = new Fenwick(places.size);
  const seen = new Fenwick(places.size);
  let crossings = 0;
  for (const column of Int32Array.from(gaps.keys()).sort()) {
    const gap = gapAt(column);
    for (const level of gap.ends) passing.add(place(level), -1);
    for (const level of gap.begins) passing.add(place(level), 1);
    for (const move of gap.moves) {
      const low = Math.min(place(move.from), place(move.to));
      const high = Math.max(place(move.from), place(move.to));
      if (high > low + 1) crossings += passing.upTo(high - 1) - passing.upTo(low);
    }
    crossings += inversions(gap.moves, place, seen);
  }
  return crossings;
}

interface Gap {
  readonly moves: Move[];
  /** Heights of level edges that cross this gap and the following, and of those whose last one was before. */
  readonly begins: number[];
  readonly ends: number[];
}

/** Pairs whose order on the left is strictly the opposite of that on the right. `seen` is left as it was. */
function inversions(
  moves: readonly Move[],
  place: (level: number) => number,
  seen: Fenwick,
): number {
  if (moves.length < 2) return 0;
  const ordered = moves.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let found = 0;
  let total = 0;
  let group = 0;
  for (let index = 0; index < ordered.length; index++) {
    const move = ordered[index];
    if (move === undefined) continue;
    for (; group < index && ordered[group]?.from !== move.from; group++) {
      seen.add(place(ordered[group]?.to ?? 0), 1);
      total++;
    }
    found += total - seen.upTo(place(move.to));
  }
  for (let index = 0; index < group; index++) seen.add(place(ordered[index]?.to ?? 0), -1);
  return found;
}

/** Counts at places, with sums of a prefix, both in O(log n). */
class Fenwick {
  private readonly sums: Int32Array;

  constructor(size: number) {
    this.sums = new Int32Array(size + 1);
  }

  add(place: number, amount: number): void {
    for (let index = place + 1; index < this.sums.length; index += index & -index) {
      this.sums[index] = at(this.sums, index) + amount;
    }
  }

  /** How many are at `place` and before it. */
  upTo(place: number): number {
    let sum = 0;
    for (let index = place + 1; index > 0; index -= index & -index) sum += at(this.sums, index);
    return sum;
  }
}
