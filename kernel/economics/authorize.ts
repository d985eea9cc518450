import type { Money } from "../capability/model.ts";
import type { MatchedGrant } from "../capability/scope.ts";
import { authorizeEvent } from "./events.ts";
import { type BudgetEvent, type Hold, U64_MAX, type Usage } from "./model.ts";

export interface CostRequest {
  readonly capabilityId: string;
  readonly requestId: string;
  /** In the order in which they match. */
  readonly grants: readonly MatchedGrant[];
  /** What each has used so far, open holds included. */
  readonly usage: (grantIndex: number) => Usage;
}

/**
 * `held`: the caller applies `event` before the next call is judged. `exhausted`: no matching grant has
 * enough left; `grant` is the first of them and `attempted` its price. `error`: a grant or its usage cannot
 * be reckoned with, which denies.
 */
export type BudgetDecision =
  | { readonly kind: "unlimited"; readonly grant: MatchedGrant }
  | {
      readonly kind: "held";
      readonly grant: MatchedGrant;
      readonly hold: Hold;
      readonly event: BudgetEvent;
    }
  | { readonly kind: "exhausted"; readonly grant: MatchedGrant; readonly attempted: Money | null }
  | { readonly kind: "error"; readonly detail: string };

/**
 * Finds the first matching grant whose budget covers one more call and sets its worst case aside (kernel
 * semantics 3.2). A call that exactly reaches a limit is covered. Pure: nothing is taken before the event is
 * applied. Two currencies are never compared or added: where they meet, the answer is an error.
 */
export function authorizeCost(request: CostRequest): BudgetDecision {
  for (const grant of request.grants) {
    const decision = decide(request, grant);
    if (decision.kind !== "exhausted") {
      return decision;
    }
  }
  const [first] = request.grants;
  return first === undefined
    ? { kind: "error", detail: "no grant covers the call" }
    : { kind: "exhausted", grant: first, attempted: first.grant.maxCostPerInvocation };
}

function decide(request: CostRequest, matched: MatchedGrant): BudgetDecision {
  const { maxInvocations, maxCostPerInvocation: cap, maxTotalCost: total } = matched.grant;
  const currency = (cap ?? total)?.currency ?? null;
  if (currency === null && maxInvocations === null) {
    return { kind: "unlimited", grant: matched };
  }
  if (total !== null && total.currency !== currency) {
    return failed(matched, `prices calls in ${currency} and its total in ${total.currency}`);
  }
  const usage = request.usage(matched.index);
  if (currency !== null && (usage.currency ?? currency) !== currency) {
    return failed(matched, `counts ${currency}, but has used ${usage.currency}`);
  }
  const units = cap?.units ?? 0n;
  const committedAfter = usage.exposed + usage.realized + units;
  if (committedAfter > U64_MAX || usage.invocations >= U64_MAX) {
    return failed(matched, "passes the largest amount that can be counted");
  }
  // Without a cap the price is unknown: where nothing is left, not even the smallest one is covered.
  const least = cap === null ? committedAfter + 1n : committedAfter;
  if (
    (maxInvocations !== null && usage.invocations >= maxInvocations) ||
    (total !== null && least > total.units)
  ) {
    return { kind: "exhausted", grant: matched, attempted: cap };
  }
  const hold = {
    id: `budget-hold:${request.requestId}:${request.capabilityId}:${matched.index}`,
    capabilityId: request.capabilityId,
    grantIndex: matched.index,
    units,
    currency,
    capped: cap !== null,
    total,
    committedAfter,
  };
  return { kind: "held", grant: matched, hold, event: authorizeEvent(hold) };
}

function failed({ index }: MatchedGrant, detail: string): BudgetDecision {
  return { kind: "error", detail: `grant ${index} ${detail}` };
}
