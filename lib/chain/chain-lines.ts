import type { Adjacency } from "./adjacency.ts";
import type { ChainLine } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import type { Marks } from "./marks.ts";
import type { Direction } from "./model.ts";
import { walk } from "./walk.ts";

/**
 * A chain written out: each node, then its neighbours one level deeper, in the order of time. Each node's
 * neighbours stand under it once, where it stands first. Exactly the nodes of the walk have lines: one within
 * `depth` hops that is first met by a longer way stands deeper than `depth`. `both` is the backward part and
 * then the forward part; each part begins with the chosen node at level 0.
 */
export function* chainLines(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
): Generator<ChainLine, void, undefined> {
  if (direction !== "forward") {
    yield* oneWay(index, from, "backward", depth);
  }
  if (direction !== "backward") {
    yield* oneWay(index, from, "forward", depth);
  }
}

function* oneWay(
  index: ChainIndex,
  from: number,
  direction: "forward" | "backward",
  depth: number | null,
): Generator<ChainLine, void, undefined> {
  const links = direction === "forward" ? index.children : index.parents;
  const marks = index.borrowMarks();
  const within = depth === null ? null : index.borrowMarks();
  try {
    for (const node of within === null ? [] : walk(index, from, direction, depth).nodes) {
      within?.add(node);
    }
    yield* preOrder(links, from, marks, within);
  } finally {
    index.returnMarks(marks);
    if (within !== null) {
      index.returnMarks(within);
    }
  }
}

/** @param within what has lines; null for everything */
function* preOrder(
  { start, nodes }: Adjacency,
  from: number,
  shown: Marks,
  within: Marks | null,
): Generator<ChainLine, void, undefined> {
  const cutOff = (node: number): number => {
    const end = start[node + 1] ?? 0;
    let count = 0;
    for (let slot = start[node] ?? 0; within !== null && slot < end; slot += 1) {
      count += within.has(nodes[slot] ?? 0) ? 0 : 1;
    }
    return count;
  };
  shown.add(from);
  yield { node: from, level: 0, repeated: false, cutOff: cutOff(from) };
  const path = [from];
  const cursor = [start[from] ?? 0];
  while (path.length > 0) {
    const node = path[path.length - 1] ?? 0;
    const slot = cursor[cursor.length - 1] ?? 0;
    if (slot >= (start[node + 1] ?? 0)) {
      path.pop();
      cursor.pop();
      continue;
    }
    cursor[cursor.length - 1] = slot + 1;
    const next = nodes[slot] ?? 0;
    if (within !== null && !within.has(next)) {
      continue;
    }
    const repeated = !shown.add(next);
    yield { node: next, level: path.length, repeated, cutOff: repeated ? 0 : cutOff(next) };
    if (!repeated) {
      path.push(next);
      cursor.push(start[next] ?? 0);
    }
  }
}
