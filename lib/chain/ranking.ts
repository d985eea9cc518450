import type { ChainIndex } from "./chain-index.ts";
import { descendants } from "./paths.ts";
import { reachBounds } from "./reach.ts";

/** Candidates whose true counts set the bar for all others. */
const FIRST_CANDIDATES = 64;

/** Steps that the counting of candidates may take: a log can be made so that every bound is useless. */
const STEPS = 30_000_000;

interface Ranked {
  readonly node: number;
  readonly count: number;
  /** Place in the order of time, for equal counts. */
  readonly place: number;
}

/**
 * The roots with the most descendants, most first, equal ones in the order of time. A root is a node that
 * nothing outside its own cycle brought about; of a cycle, its earliest member. Roots without consequences
 * are left out.
 *
 * Threshold algorithm: a bound for every root in one pass, then true counts in the order of the bounds until no
 * bound reaches the last of the list. If that takes more than {@link STEPS} steps, the list is the best so far.
 */
export function mostDescendants(index: ChainIndex, most: number): readonly number[] {
  const bounds = reachBounds(index);
  const roots = candidates(index);
  const best: Ranked[] = [];
  let steps = 0;
  const measure = (place: number) => {
    const node = roots[place] ?? 0;
    const count = descendants(index, node).length;
    steps += count + 1;
    insert(best, { node, count, place }, most);
  };
  const first = highestBounds(roots, bounds);
  for (const place of first) {
    measure(place);
  }
  const measured = new Set(first);
  for (let place = 0; place < roots.length && steps < STEPS; place += 1) {
    const last = best.length < most ? undefined : best[most - 1];
    // A bound counts the root itself.
    const bound = (bounds[roots[place] ?? 0] ?? 0) - 1;
    const isBelow =
      last !== undefined && (bound < last.count || (bound === last.count && place > last.place));
    if (!isBelow && !measured.has(place)) {
      measure(place);
    }
  }
  return best.map((root) => root.node);
}

function insert(best: Ranked[], root: Ranked, most: number): void {
  best.push(root);
  best.sort((one, other) => other.count - one.count || one.place - other.place);
  best.length = Math.min(best.length, most);
}

/** Roots with consequences, in the order of time. */
function candidates(index: ChainIndex): readonly number[] {
  const unled = new Set<number>();
  for (const cycle of index.cycles()) {
    if (!cycle.isLedTo) {
      unled.add(cycle.first[0] ?? 0);
    }
  }
  const roots: number[] = [];
  for (const node of index.order) {
    const isRoot = index.parentCount(node) === 0 || unled.has(node);
    if (isRoot && index.childCount(node) > 0) {
      roots.push(node);
    }
  }
  return roots;
}

/** Places of the roots with the highest bounds, highest first, equal ones in the order of time. */
function highestBounds(roots: readonly number[], bounds: Float64Array): readonly number[] {
  const best: number[] = [];
  const boundAt = (place: number | undefined) => bounds[roots[place ?? 0] ?? 0] ?? 0;
  for (let place = 0; place < roots.length; place += 1) {
    const bound = boundAt(place);
    if (best.length === FIRST_CANDIDATES && bound <= boundAt(best[FIRST_CANDIDATES - 1])) {
      continue;
    }
    let at = best.length;
    while (at > 0 && boundAt(best[at - 1]) < bound) {
      at -= 1;
    }
    best.splice(at, 0, place);
    best.length = Math.min(best.length, FIRST_CANDIDATES);
  }
  return best;
}
