import type { StepList, WhereItStopped } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import { isConsume, kindOf, nameOf } from "./kinds.ts";
import { BOUNDARIES, DECISIONS } from "./model.ts";
import { nodeFacts } from "./node-facts.ts";
import { walk } from "./walk.ts";

const LISTED = 50;
/** Steps of the same kind that are looked at, the nearest in time. */
const ALIKE = 10_000;
/** Links that are followed from one of them, and from all together. */
const RUN = 1_000;
const ALL_RUNS = 1_000_000;

const ALLOW = DECISIONS.indexOf("allow");
const DENY = DECISIONS.indexOf("deny");

/** Around a denied step: what ran before, what never ran, what ran all the same. Null where it was not denied. */
export function whereItStopped(index: ChainIndex, node: number): WhereItStopped | null {
  const { nodes } = index;
  if (node >= nodes.receipts || nodes.decision[node] !== DENY) {
    return null;
  }
  const causes = walk(index, node, "backward", null).nodes.subarray(1);
  return {
    denied: nodeFacts(nodes, node),
    before: stepList(
      index,
      causes.filter((cause) => isAllowed(index, cause)),
    ),
    neverRan: neverRan(index, node),
    after: stepList(
      index,
      index.childrenOf(node).filter((child) => child !== node),
    ),
    siblings: stepList(index, siblings(index, node)),
  };
}

function isAllowed({ nodes }: ChainIndex, node: number): boolean {
  return node < nodes.receipts && nodes.decision[node] === ALLOW;
}

function stepList({ nodes }: ChainIndex, list: Int32Array): StepList {
  return {
    total: list.length,
    steps: Array.from(list.subarray(0, LISTED), (node) => nodeFacts(nodes, node)),
  };
}

/** Allowed consequences of the same causes, each once. */
function siblings(index: ChainIndex, node: number): Int32Array {
  return index.withMarks((marks) => {
    marks.add(node);
    const found: number[] = [];
    for (const parent of index.parentsOf(node)) {
      for (const sibling of index.childrenOf(parent)) {
        if (isAllowed(index, sibling) && marks.add(sibling)) {
          found.push(sibling);
        }
      }
    }
    return Int32Array.from(found);
  });
}

function neverRan(index: ChainIndex, denied: number): WhereItStopped["neverRan"] {
  const { nodes } = index;
  const ran = new Set<number>();
  ledOnTo(index, denied, RUN, (step) => ran.add(kindOf(nodes, step)));
  const counts = new Map<number, { readonly step: number; count: number; last: number }>();
  let alike = 0;
  let followed = 0;
  for (const like of nearestAlike(index, denied)) {
    if (followed >= ALL_RUNS) {
      break;
    }
    alike += 1;
    followed += ledOnTo(index, like, RUN, (step) => {
      const kind = kindOf(nodes, step);
      if (ran.has(kind)) {
        return;
      }
      const known = counts.get(kind) ?? { step, count: 0, last: -1 };
      // A step that led on to several of one kind counts once.
      known.count += known.last === like ? 0 : 1;
      known.last = like;
      counts.set(kind, known);
    });
  }
  // The sort is stable: equal counts stay in the order in which they were met.
  const most = [...counts.values()].sort((one, other) => other.count - one.count);
  return {
    alike,
    steps: most.slice(0, LISTED).map(({ step, count }) => ({
      label: nodes.texts[nameOf(nodes, step)] ?? "",
      boundary: BOUNDARIES[nodes.boundary[step] ?? 0] ?? "other",
      service: nodes.texts[nodes.service[step] ?? 0] ?? "",
      count,
    })),
  };
}

/** Allowed steps of the same kind; where there are very many, those around it in the order of time. */
function nearestAlike(index: ChainIndex, denied: number): readonly number[] {
  const { nodes, order } = index;
  const kind = kindOf(nodes, denied);
  const alike: number[] = [];
  let at = 0;
  for (const node of order) {
    if (node === denied) {
      at = alike.length;
    } else if (isAllowed(index, node) && kindOf(nodes, node) === kind) {
      alike.push(node);
    }
  }
  const from = Math.max(0, Math.min(at - ALIKE / 2, alike.length - ALIKE));
  return alike.slice(from, from + ALIKE);
}

/**
 * Visits what a step led on to in its service, up to and with the next consume, whichever service that is in:
 * further on, other choreographies begin.
 *
 * @returns how many links were followed, at most `limit`
 */
function ledOnTo(
  index: ChainIndex,
  from: number,
  limit: number,
  visit: (node: number) => void,
): number {
  const { nodes } = index;
  const service = nodes.service[from];
  return index.withMarks((marks) => {
    const { queue } = marks;
    marks.add(from);
    queue[0] = from;
    let filled = 1;
    let followed = 0;
    for (let taken = 0; taken < filled; taken += 1) {
      const node = queue[taken] ?? 0;
      const isEnd = isConsume(nodes, node) || nodes.service[node] !== service;
      if (node !== from && isEnd) {
        continue;
      }
      for (const child of index.childrenOf(node)) {
        if (followed === limit) {
          return followed;
        }
        followed += 1;
        if (marks.add(child)) {
          queue[filled] = child;
          filled += 1;
          visit(child);
        }
      }
    }
    return followed;
  });
}
