import type { Adjacency } from "./adjacency.ts";
import type { ChainIndex } from "./chain-index.ts";
import type { Marks } from "./marks.ts";
import type { Direction } from "./model.ts";

/** Everything within some hops of the nodes that a walk began at. */
export interface Walk {
  /** Each node once, nearest first, beginning with those it began at. */
  readonly nodes: Int32Array;
  /** Hops from the nearest beginning, place by place with {@link nodes}; negative for causes. */
  readonly distance: Int32Array;
  /** The most hops that this walk went. */
  readonly furthest: number;
}

/**
 * Breadth first along the links. `both` is what was caused together with what caused it, not all that hangs
 * together; a node that is both keeps the nearer distance, the forward one where they are equal.
 *
 * @param depth hops from `from`, null for as far as it goes
 */
export function walk(
  index: ChainIndex,
  from: number | readonly number[],
  direction: Direction,
  depth: number | null,
): Walk {
  const starts = typeof from === "number" ? [from] : from;
  const limit = depth ?? Number.POSITIVE_INFINITY;
  switch (direction) {
    case "forward":
      return index.withMarks((marks) => oneWay(index.children, starts, limit, marks, 1));
    case "backward":
      return index.withMarks((marks) => oneWay(index.parents, starts, limit, marks, -1));
    case "both":
      return index.withMarks((forward) =>
        index.withMarks((backward) => bothWays(index, starts, limit, forward, backward)),
      );
  }
}

/** One side of a walk, a level at a time. */
class Frontier {
  readonly #links: Adjacency;
  readonly marks: Marks;
  /** Queue places: the level that was reached last is `from .. filled - 1`. */
  from = 0;
  filled = 0;

  constructor(links: Adjacency, starts: readonly number[], marks: Marks) {
    this.#links = links;
    this.marks = marks;
    for (const node of starts) {
      if (marks.add(node)) {
        marks.queue[this.filled] = node;
        this.filled += 1;
      }
    }
  }

  /** Moves on to the next level; false where there is none. */
  advance(): boolean {
    const { start, nodes } = this.#links;
    const { marks } = this;
    const { queue } = marks;
    const end = this.filled;
    let filled = end;
    for (let place = this.from; place < end; place += 1) {
      const node = queue[place] ?? 0;
      const last = start[node + 1] ?? 0;
      for (let slot = start[node] ?? 0; slot < last; slot += 1) {
        const next = nodes[slot] ?? 0;
        if (marks.add(next)) {
          queue[filled] = next;
          filled += 1;
        }
      }
    }
    this.from = end;
    this.filled = filled;
    return filled > end;
  }
}

function oneWay(
  links: Adjacency,
  starts: readonly number[],
  limit: number,
  marks: Marks,
  sign: 1 | -1,
): Walk {
  const side = new Frontier(links, starts, marks);
  const levels = [side.filled];
  let furthest = 0;
  while (furthest < limit && side.advance()) {
    furthest += 1;
    levels.push(side.filled);
  }
  const nodes = marks.queue.slice(0, side.filled);
  const distance = new Int32Array(nodes.length);
  for (let level = 1; level < levels.length; level += 1) {
    distance.fill(sign * level, levels[level - 1], levels[level]);
  }
  return { nodes, distance, furthest };
}

function bothWays(
  index: ChainIndex,
  starts: readonly number[],
  limit: number,
  forwardMarks: Marks,
  backwardMarks: Marks,
): Walk {
  const forward = new Frontier(index.children, starts, forwardMarks);
  const backward = new Frontier(index.parents, starts, backwardMarks);
  const found = new Found();
  for (let place = 0; place < forward.filled; place += 1) {
    found.add(forwardMarks.queue[place] ?? 0, 0);
  }
  let furthest = 0;
  for (let level = 1; level <= limit; level += 1) {
    // Each side takes up its level but for what the other side reached before it, which is nearer or as near.
    const wentOn = forward.advance();
    collect(forward, backwardMarks, level, found);
    const wentBack = backward.advance();
    collect(backward, forwardMarks, -level, found);
    if (!wentOn && !wentBack) {
      break;
    }
    furthest = level;
  }
  return { ...found.columns(), furthest };
}

function collect(side: Frontier, other: Marks, hops: number, found: Found): void {
  for (let place = side.from; place < side.filled; place += 1) {
    const node = side.marks.queue[place] ?? 0;
    if (!other.has(node)) {
      found.add(node, hops);
    }
  }
}

/** Columns that grow as they are filled. */
class Found {
  #nodes = new Int32Array(1024);
  #distance = new Int32Array(1024);
  #filled = 0;

  add(node: number, hops: number): void {
    if (this.#filled === this.#nodes.length) {
      this.#nodes = doubled(this.#nodes);
      this.#distance = doubled(this.#distance);
    }
    this.#nodes[this.#filled] = node;
    this.#distance[this.#filled] = hops;
    this.#filled += 1;
  }

  columns(): { readonly nodes: Int32Array; readonly distance: Int32Array } {
    return {
      nodes: this.#nodes.slice(0, this.#filled),
      distance: this.#distance.slice(0, this.#filled),
    };
  }
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * column.length);
  larger.set(column);
  return larger;
}
