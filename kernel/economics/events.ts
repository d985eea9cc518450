import type { BudgetEvent, BudgetEventKind, Hold } from "./model.ts";

/** Opens a hold: one more invocation, and its units exposed. */
export function authorizeEvent(hold: Hold): BudgetEvent {
  return eventOf(hold, "authorize", 0n);
}

/** Gives a hold back, because the call did not take place. */
export function reverseEvent(hold: Hold): BudgetEvent {
  return eventOf(hold, "reverse", 0n);
}

/** Closes a hold with what was spent of it ({@link ./reconcile.ts}). */
export function reconcileEvent(hold: Hold, realized: bigint): BudgetEvent {
  return eventOf(hold, "reconcile", realized);
}

function eventOf(hold: Hold, kind: BudgetEventKind, realized: bigint): BudgetEvent {
  return {
    id: `${hold.id}:${kind}`,
    kind,
    holdId: hold.id,
    capabilityId: hold.capabilityId,
    grantIndex: hold.grantIndex,
    units: hold.units,
    realized,
    currency: hold.currency,
  };
}
