import type { Adjacency } from "./adjacency.ts";
import type { ChainIndex } from "./chain-index.ts";
import { type Beneath, type ChainNodes, DECISIONS, INTEGRITIES } from "./model.ts";
import { unverifiedIntegrities } from "./unverified.ts";

/** Receipts that {@link beneathOf} counts before it stops: what lies under a hot root must not hold up a page. */
export const BENEATH_LIMIT = 100_000;

const DENIED = DECISIONS.indexOf("deny");
const FAILING = INTEGRITIES.indexOf("does-not-verify");

/** What the given nodes are, each counted as often as it is given. */
export function countNodes(nodes: ChainNodes, list: Iterable<number>): Beneath {
  const stands = unverifiedIntegrities(nodes);
  let receipts = 0;
  let denied = 0;
  let failing = 0;
  let unverified = 0;
  let missing = 0;
  for (const node of list) {
    if (node >= nodes.receipts) {
      missing += 1;
      continue;
    }
    receipts += 1;
    denied += nodes.decision[node] === DENIED ? 1 : 0;
    const integrity = nodes.integrity[node] ?? -1;
    if (integrity === FAILING) {
      failing += 1;
    } else {
      unverified += stands[integrity] ?? 1;
    }
  }
  return { receipts, denied, failing, unverified, missing };
}

/**
 * The members and everything beyond them that is reached through hidden nodes alone, each counted once: a
 * fold or stub carries it, so that no anomaly hides there.
 *
 * @param isHidden whether a node beyond the members is not drawn
 * @param direction `forward` for consequences, `backward` for causes, `either` for both ways at every step
 */
export function beneathOf(
  index: ChainIndex,
  members: Iterable<number>,
  isHidden: (node: number) => boolean,
  limit: number = BENEATH_LIMIT,
  direction: "forward" | "backward" | "either" = "forward",
): Beneath {
  const ways: readonly Adjacency[] = [
    ...(direction === "backward" ? [] : [index.children]),
    ...(direction === "forward" ? [] : [index.parents]),
  ];
  return index.withMarks((marks) => {
    const { queue } = marks;
    let filled = 0;
    for (const node of members) {
      if (filled < limit && marks.add(node)) {
        queue[filled] = node;
        filled += 1;
      }
    }
    for (let taken = 0; taken < filled && filled < limit; taken += 1) {
      const node = queue[taken] ?? 0;
      for (const { start, nodes } of ways) {
        const end = start[node + 1] ?? 0;
        for (let slot = start[node] ?? 0; slot < end && filled < limit; slot += 1) {
          const next = nodes[slot] ?? 0;
          if (isHidden(next) && marks.add(next)) {
            queue[filled] = next;
            filled += 1;
          }
        }
      }
    }
    return countNodes(index.nodes, queue.subarray(0, filled));
  });
}
