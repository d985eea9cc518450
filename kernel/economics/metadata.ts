import type { Money } from "../capability/model.ts";
import type { MatchedGrant } from "../capability/scope.ts";
import type { JsonObject } from "../json/value.ts";
import { jsonInteger } from "../record-members.ts";
import { authorizeEvent, reconcileEvent, reverseEvent } from "./events.ts";
import { type Hold, U64_MAX } from "./model.ts";
import type { Settlement } from "./reconcile.ts";

/**
 * What became of a call's budget. `pending`: held, and its cost not yet known. `reversed`: held, but the call
 * did not take place. `exhausted`: nothing could be held.
 */
export type CostOutcome =
  | { readonly kind: "pending"; readonly hold: Hold }
  | { readonly kind: "settled"; readonly hold: Hold; readonly settlement: Settlement }
  | { readonly kind: "reversed"; readonly hold: Hold }
  | { readonly kind: "exhausted"; readonly grant: MatchedGrant; readonly attempted: Money | null };

/** Who carries the budget: the issuer's key, and how often it was delegated. */
export interface BudgetHolder {
  readonly delegationDepth: number;
  readonly rootBudgetHolder: string;
}

/**
 * `metadata.financial` of a receipt (kernel semantics 3.3); null where the grant has no cost. Where the grant
 * has no total, the total is the largest u64, as upstream writes it.
 */
export function financialMetadata(outcome: CostOutcome, holder: BudgetHolder): JsonObject | null {
  const { currency, total, grantIndex } = frameOf(outcome);
  if (currency === null) {
    return null;
  }
  return {
    grant_index: grantIndex,
    currency,
    budget_remaining: jsonInteger(outcome.kind === "exhausted" ? 0n : total - committed(outcome)),
    budget_total: jsonInteger(total),
    delegation_depth: holder.delegationDepth,
    root_budget_holder: holder.rootBudgetHolder,
    ...costOf(outcome),
  };
}

/**
 * `metadata.budget_authority` of a receipt (kernel semantics 3.3): which hold stood behind the call and how it
 * ended. Null where nothing was held.
 */
export function budgetAuthorityMetadata(outcome: CostOutcome): JsonObject | null {
  if (outcome.kind === "exhausted" || outcome.hold.currency === null) {
    return null;
  }
  const { hold } = outcome;
  return {
    guarantee_level: "single_node_atomic",
    authority_profile: "authoritative_hold_event",
    metering_profile: "max_cost_preauthorize_then_reconcile_actual",
    hold_id: hold.id,
    authorize: {
      event_id: authorizeEvent(hold).id,
      exposure_units: jsonInteger(hold.units),
      committed_cost_units_after: jsonInteger(hold.committedAfter),
    },
    ...(outcome.kind === "pending" ? {} : { terminal: terminalOf(outcome) }),
  };
}

function terminalOf(outcome: Extract<CostOutcome, { kind: "settled" | "reversed" }>): JsonObject {
  const { hold } = outcome;
  const realized = outcome.kind === "settled" ? outcome.settlement.realized : 0n;
  const event = outcome.kind === "settled" ? reconcileEvent(hold, realized) : reverseEvent(hold);
  return {
    disposition: outcome.kind === "settled" ? "reconciled" : "reversed",
    event_id: event.id,
    exposure_units: jsonInteger(hold.units),
    realized_spend_units: jsonInteger(realized),
    committed_cost_units_after: jsonInteger(committed(outcome)),
  };
}

/** What a cost is counted against. */
function frameOf(outcome: CostOutcome): {
  currency: string | null;
  total: bigint;
  grantIndex: number;
} {
  if (outcome.kind === "exhausted") {
    const { maxCostPerInvocation: cap, maxTotalCost: total } = outcome.grant.grant;
    return {
      currency: (cap ?? total)?.currency ?? null,
      total: total?.units ?? U64_MAX,
      grantIndex: outcome.grant.index,
    };
  }
  const { currency, total, grantIndex } = outcome.hold;
  return { currency, total: total?.units ?? U64_MAX, grantIndex };
}

/** Exposed and realized together, as the call leaves them. */
function committed(outcome: Exclude<CostOutcome, { kind: "exhausted" }>): bigint {
  const { hold } = outcome;
  switch (outcome.kind) {
    case "pending":
      return hold.committedAfter;
    case "settled":
      return hold.committedAfter - hold.units + outcome.settlement.realized;
    case "reversed":
      return hold.committedAfter - hold.units;
  }
}

function costOf(outcome: CostOutcome): JsonObject {
  switch (outcome.kind) {
    case "pending":
      return { cost_charged: jsonInteger(outcome.hold.units), settlement_status: "pending" };
    case "settled":
      return settledCost(outcome.hold, outcome.settlement);
    case "reversed":
      return deniedCost(outcome.hold.units);
    case "exhausted":
      return deniedCost(outcome.attempted?.units ?? 0n);
  }
}

/** No exchange rate is known here, so a cost in another currency leaves the held amount standing. */
function settledCost(hold: Hold, settlement: Settlement): JsonObject {
  const cost = {
    cost_charged: jsonInteger(settlement.costCharged),
    settlement_status: settlement.settlementStatus,
  };
  if (!settlement.misreported) {
    return cost;
  }
  const conversion = {
    status: "failed",
    provisional_units: jsonInteger(hold.units),
    reason: "the reported cost is in another currency or below zero",
  };
  return { ...cost, cost_breakdown: { oracle_conversion: conversion } };
}

function deniedCost(attempted: bigint): JsonObject {
  return {
    cost_charged: 0,
    settlement_status: "not_applicable",
    attempted_cost: jsonInteger(attempted),
  };
}
