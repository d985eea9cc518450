import type { ChainComparison, ComparedStep } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import { kindOf } from "./kinds.ts";
import type { Marks } from "./marks.ts";
import type { NodeFacts } from "./model.ts";
import { nodeFacts } from "./node-facts.ts";

const LISTED = 2_000;
const NONE = -1;

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly level: number;
}

/**
 * Two chains beside each other from their roots. Consequences are matched by kind (boundary, tool or topic,
 * service), those of one kind in the order of time; what has no match is missing on the right, or added there,
 * with all that follows it. A step that is reached by several ways is compared where it is met first.
 */
export function compareChains(index: ChainIndex, left: number, right: number): ChainComparison {
  const steps: ComparedStep[] = [];
  let same = 0;
  let more = 0;
  for (const pair of pairs(index, left, right)) {
    const step = compared(index, pair);
    same += step.kind === "same" ? 1 : 0;
    if (steps.length < LISTED) {
      steps.push(step);
    } else {
      more += 1;
    }
  }
  return {
    left: nodeFacts(index.nodes, left),
    right: nodeFacts(index.nodes, right),
    same,
    steps,
    more,
  };
}

function compared({ nodes }: ChainIndex, pair: Pair): ComparedStep {
  const left = pair.left === NONE ? null : nodeFacts(nodes, pair.left);
  const right = pair.right === NONE ? null : nodeFacts(nodes, pair.right);
  const differs = left === null || right === null ? [] : differences(left, right);
  const kind =
    left === null ? "added" : right === null ? "missing" : differs.length > 0 ? "changed" : "same";
  return { kind, level: pair.level, left, right, differs };
}

const COMPARED = ["decision", "service", "agent", "guard", "integrity", "settlement"] as const;

function differences(left: NodeFacts, right: NodeFacts): readonly string[] {
  const differs: string[] = COMPARED.filter((name) => left[name] !== right[name]);
  const isSameCost =
    left.cost?.units === right.cost?.units && left.cost?.currency === right.cost?.currency;
  return isSameCost ? differs : [...differs, "cost"];
}

/** Depth first, consequences in the order of time on the left, then what only the right has. */
function* pairs(index: ChainIndex, left: number, right: number): Generator<Pair, void, undefined> {
  const leftMarks = index.borrowMarks();
  const rightMarks = index.borrowMarks();
  try {
    leftMarks.add(left);
    rightMarks.add(right);
    const open: Pair[] = [{ left, right, level: 0 }];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      yield pair;
      const below = matched(index, pair, leftMarks, rightMarks);
      for (let place = below.length - 1; place >= 0; place -= 1) {
        const next = below[place];
        if (next !== undefined) {
          open.push(next);
        }
      }
    }
  } finally {
    index.returnMarks(leftMarks);
    index.returnMarks(rightMarks);
  }
}

function matched(
  index: ChainIndex,
  pair: Pair,
  leftMarks: Marks,
  rightMarks: Marks,
): readonly Pair[] {
  const level = pair.level + 1;
  const lefts = newChildren(index, pair.left, leftMarks);
  const rights = newChildren(index, pair.right, rightMarks);
  const waiting = new Map<number, { readonly nodes: number[]; taken: number }>();
  for (const node of rights) {
    const kind = kindOf(index.nodes, node);
    const alike = waiting.get(kind) ?? { nodes: [], taken: 0 };
    alike.nodes.push(node);
    waiting.set(kind, alike);
  }
  const used = new Set<number>();
  const found = lefts.map((left): Pair => {
    const alike = waiting.get(kindOf(index.nodes, left));
    const right = alike?.nodes[alike.taken];
    if (alike === undefined || right === undefined) {
      return { left, right: NONE, level };
    }
    alike.taken += 1;
    used.add(right);
    return { left, right, level };
  });
  for (const right of rights) {
    if (!used.has(right)) {
      found.push({ left: NONE, right, level });
    }
  }
  return found;
}

function newChildren(index: ChainIndex, node: number, marks: Marks): readonly number[] {
  return node === NONE ? [] : [...index.childrenOf(node)].filter((child) => marks.add(child));
}
