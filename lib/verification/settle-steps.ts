import { BOUNDARIES, DECISIONS, SETTLEMENTS } from "@/lib/chain/model.ts";
import type { NodeDraft } from "./chain-nodes.ts";
import { CONFIRMED } from "./chain-sink.ts";
import type { ResolvedUnit } from "./relate-links.ts";
import type { RequestBook } from "./request-book.ts";

const UNKNOWN = SETTLEMENTS.indexOf("unknown");
const KEPT = SETTLEMENTS.indexOf("confirmed");
const ROLLED_BACK = SETTLEMENTS.indexOf("rolled-back");
const CONSUME = BOUNDARIES.indexOf("consume");
const ALLOW = DECISIONS.indexOf("allow");

/**
 * Whether a step's attempt was kept (streaming 6.3): its record or its envelope is on a topic; or an attempt
 * record says that it was rolled back; or a later attempt of the same request was kept. An export that was
 * read uncommitted can hold records of aborted attempts, so a roll-back outweighs a record.
 */
export function settleSteps(
  units: readonly ResolvedUnit[],
  draft: NodeDraft,
  requests: RequestBook,
): void {
  const { settlement } = draft;
  for (const { chain, nodes } of units) {
    const { settled } = chain;
    for (let at = 0; at < settled.count; at += 1) {
      const node = nodes[settled.first[at] ?? 0] ?? -1;
      if (node !== -1 && settlement[node] !== ROLLED_BACK) {
        settlement[node] = settled.second[at] === CONFIRMED ? KEPT : ROLLED_BACK;
      }
    }
  }
  for (const attempts of requests.attempts()) {
    const kept = attempts.findLastIndex((node) => settlement[node] === KEPT);
    for (const node of attempts.subarray(0, Math.max(kept, 0))) {
      const isAttempt = draft.boundary[node] === CONSUME && draft.decision[node] === ALLOW;
      if (isAttempt && settlement[node] === UNKNOWN) {
        settlement[node] = ROLLED_BACK;
      }
    }
  }
}

/**
 * A tool call is kept or rolled back with the attempt that it was made in: the consume of the same service
 * that leads to it. A produce of a rolled-back attempt is rolled back; one of a kept attempt says so itself.
 *
 * @param parents for each receipt's node, one of its causes, or -1
 */
export function settleByAttempt(draft: NodeDraft, parents: Int32Array): void {
  const { settlement, service, boundary } = draft;
  const attempt = new Int32Array(draft.receipts).fill(UNSEEN);
  const way: number[] = [];
  for (let node = 0; node < draft.receipts; node += 1) {
    let at = node;
    while (at !== NONE && attempt[at] === UNSEEN) {
      way.push(at);
      // Marked at once, so that a cycle ends.
      attempt[at] = boundary[at] === CONSUME ? at : NONE;
      const cause = parents[at] ?? NONE;
      const isOwn = cause !== NONE && cause < draft.receipts && service[cause] === service[at];
      at = boundary[at] === CONSUME || !isOwn ? NONE : cause;
    }
    const found = at === NONE ? NONE : (attempt[at] ?? NONE);
    let own = found;
    for (let step = way.pop(); step !== undefined; step = way.pop()) {
      own = boundary[step] === CONSUME ? step : own;
      attempt[step] = own;
    }
  }
  for (let node = 0; node < draft.receipts; node += 1) {
    const of = attempt[node] ?? NONE;
    if (
      of === NONE ||
      of === node ||
      settlement[node] !== UNKNOWN ||
      draft.decision[node] !== ALLOW
    ) {
      continue;
    }
    const outcome = settlement[of] ?? UNKNOWN;
    if (boundary[node] === TOOL || outcome === ROLLED_BACK) {
      settlement[node] = outcome;
    }
  }
}

const TOOL = BOUNDARIES.indexOf("tool");
const NONE = -1;
const UNSEEN = -2;
