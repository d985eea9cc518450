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
      if (node === -1 || settlement[node] === ROLLED_BACK) {
        continue;
      }
      if (settled.second[at] === CONFIRMED) {
        settlement[node] = KEPT;
      } else if (isAttempt(draft, node)) {
        settlement[node] = ROLLED_BACK;
      }
    }
  }
  for (const nodes of requests.attempts()) {
    for (const attempts of rivals(draft, nodes).values()) {
      giveUp(draft, attempts);
    }
  }
}

/** What a consumer can take back: the consume that it was allowed. */
function isAttempt({ boundary, decision }: NodeDraft, node: number): boolean {
  return boundary[node] === CONSUME && decision[node] === ALLOW;
}

/**
 * Consumes that stand for each other, by time: of one consumer, under one key. Two groups read a record under
 * the same request, and each keeps its own attempt; and what somebody else signed replaces nothing.
 */
function rivals(draft: NodeDraft, nodes: Int32Array): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const node of nodes) {
    const row = draft.rowOfNode[node] ?? -1;
    if (draft.boundary[node] !== CONSUME || !draft.stands(row)) {
      continue;
    }
    const { service, agent, topic } = draft;
    const name = `${draft.keyOfRow(row)} ${service[node]} ${agent[node]} ${topic[node]}`;
    const same = found.get(name);
    if (same === undefined) {
      found.set(name, [node]);
    } else {
      same.push(node);
    }
  }
  return found;
}

/** Attempts of the kept one's second were given up too: a clock of seconds orders them by chance. */
function giveUp(draft: NodeDraft, attempts: readonly number[]): void {
  const { settlement, time } = draft;
  const kept = attempts.findLast((node) => settlement[node] === KEPT);
  const until = kept === undefined ? Number.NaN : (time[kept] ?? Number.NaN);
  for (const node of attempts) {
    const isEarlier = (time[node] ?? Number.NaN) <= until;
    if (isEarlier && settlement[node] === UNKNOWN && draft.decision[node] === ALLOW) {
      settlement[node] = ROLLED_BACK;
    }
  }
}

/**
 * A tool call is kept or rolled back with the attempt that it was made in: the consume of the same service
 * that leads to it. A produce of a rolled-back attempt is rolled back; one of a kept attempt says so itself.
 *
 * @param causes for each receipt's node, its cause within its own service, or -1
 */
export function settleByAttempt(draft: NodeDraft, causes: Int32Array): void {
  const { settlement, boundary } = draft;
  const attempt = new Int32Array(draft.receipts).fill(UNSEEN);
  const way: number[] = [];
  for (let node = 0; node < draft.receipts; node += 1) {
    let at = node;
    while (at !== NONE && attempt[at] === UNSEEN) {
      way.push(at);
      // Marked at once, so that a cycle ends.
      attempt[at] = boundary[at] === CONSUME ? at : NONE;
      at = boundary[at] === CONSUME ? NONE : (causes[at] ?? NONE);
    }
    let own = at === NONE ? NONE : (attempt[at] ?? NONE);
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
