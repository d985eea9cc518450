import type { CauseLine, PathBetween, RootCause } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import { chainLines } from "./chain-lines.ts";
import type { Marks } from "./marks.ts";
import { nodeFacts } from "./node-facts.ts";
import { walk } from "./walk.ts";

const CAUSE_LINES = 500;

/** What brought the node about, nearest first, without itself. */
export function ancestors(index: ChainIndex, node: number): Int32Array {
  return walk(index, node, "backward", null).nodes.subarray(1);
}

/** What the node brought about, nearest first, without itself. */
export function descendants(index: ChainIndex, node: number): Int32Array {
  return walk(index, node, "forward", null).nodes.subarray(1);
}

/** From the node back to everything that began it: every branch of every join, causes in the order of time. */
export function rootCause(index: ChainIndex, node: number): RootCause {
  const lines: CauseLine[] = [];
  let isCut = false;
  for (const line of chainLines(index, node, "backward", null)) {
    if (lines.length === CAUSE_LINES) {
      isCut = true;
      break;
    }
    const { level, repeated } = line;
    lines.push({ facts: nodeFacts(index.nodes, line.node), level, repeated });
  }
  let roots = 0;
  for (const cause of walk(index, node, "backward", null).nodes) {
    roots += index.parentCount(cause) === 0 ? 1 : 0;
  }
  return { lines, roots, isCut };
}

/** A shortest way along links, whichever way they point; null where none joins the two. */
export function pathBetween(index: ChainIndex, from: number, to: number): PathBetween | null {
  const way = index.withMarks((seen) =>
    index.withMarks((spare) => shortestWay(index, from, to, seen, spare)),
  );
  if (way === null) {
    return null;
  }
  return {
    steps: way.map((node, place) => ({
      facts: nodeFacts(index.nodes, node),
      by: place === 0 ? null : leadsBy(index, way[place - 1] ?? node, node),
    })),
  };
}

function leadsBy(index: ChainIndex, before: number, node: number): "caused" | "caused-by" {
  return index.childrenOf(before).includes(node) ? "caused" : "caused-by";
}

/** Breadth first, consequences before causes. `spare` has room to note from where each node was reached. */
function shortestWay(
  index: ChainIndex,
  from: number,
  to: number,
  seen: Marks,
  spare: Marks,
): number[] | null {
  const { queue } = seen;
  const cameFrom = spare.queue;
  seen.add(from);
  queue[0] = from;
  let filled = 1;
  for (let taken = 0; taken < filled && !seen.has(to); taken += 1) {
    const node = queue[taken] ?? 0;
    for (const { start, nodes } of [index.children, index.parents]) {
      const end = start[node + 1] ?? 0;
      for (let slot = start[node] ?? 0; slot < end; slot += 1) {
        const next = nodes[slot] ?? 0;
        if (seen.add(next)) {
          cameFrom[next] = node;
          queue[filled] = next;
          filled += 1;
        }
      }
    }
  }
  if (!seen.has(to)) {
    return null;
  }
  const way = [to];
  for (let node = to; node !== from; ) {
    node = cameFrom[node] ?? from;
    way.push(node);
  }
  return way.reverse();
}
