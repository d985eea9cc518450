import { describe, expect, it } from "vitest";
import { budgetAuthorityMetadata, type CostOutcome, financialMetadata } from "./metadata.ts";
import { type Hold, U64_MAX } from "./model.ts";
import { settle } from "./reconcile.ts";
import { matched, usd } from "./testing/grants.ts";

const hold: Hold = {
  id: "hold",
  capabilityId: "cap",
  grantIndex: 2,
  units: 40n,
  currency: "USD",
  capped: true,
  total: usd(100n),
  committedAfter: 90n,
};
const free: Hold = { ...hold, units: 0n, currency: null, capped: false, total: null };
const holder = { delegationDepth: 1, rootBudgetHolder: "aa" };

const common = {
  grant_index: 2,
  currency: "USD",
  budget_total: 100,
  delegation_depth: 1,
  root_budget_holder: "aa",
};

function settled(report: { units: bigint; currency: string } | null): CostOutcome {
  return { kind: "settled", hold, settlement: settle(hold, report) };
}

describe("metadata.financial", () => {
  it.each<[string, CostOutcome, Record<string, unknown>]>([
    [
      "while the cost is not known",
      { kind: "pending", hold },
      { cost_charged: 40, budget_remaining: 10, settlement_status: "pending" },
    ],
    [
      "of a cost within what was held",
      settled(usd(25n)),
      { cost_charged: 25, budget_remaining: 25, settlement_status: "settled" },
    ],
    [
      "of an overrun",
      settled(usd(45n)),
      { cost_charged: 45, budget_remaining: 10, settlement_status: "failed" },
    ],
    [
      "of a report in another currency",
      settled({ units: 1n, currency: "EUR" }),
      {
        cost_charged: 40,
        budget_remaining: 10,
        settlement_status: "failed",
        cost_breakdown: {
          oracle_conversion: {
            status: "failed",
            provisional_units: 40,
            reason: "the reported cost is in another currency or below zero",
          },
        },
      },
    ],
    [
      "of a call that did not take place",
      { kind: "reversed", hold },
      {
        cost_charged: 0,
        budget_remaining: 50,
        settlement_status: "not_applicable",
        attempted_cost: 40,
      },
    ],
  ])("%s", (_, outcome, members) => {
    expect(financialMetadata(outcome, holder)).toEqual({ ...common, ...members });
  });

  it("of an exhausted budget", () => {
    const grant = matched(2, { maxCostPerInvocation: usd(40n), maxTotalCost: usd(100n) });
    expect(financialMetadata({ kind: "exhausted", grant, attempted: usd(40n) }, holder)).toEqual({
      ...common,
      cost_charged: 0,
      budget_remaining: 0,
      settlement_status: "not_applicable",
      attempted_cost: 40,
    });
  });

  it("of an exhausted total without a price, and of a price without a total", () => {
    const total = matched(2, { maxTotalCost: usd(100n) });
    expect(
      financialMetadata({ kind: "exhausted", grant: total, attempted: null }, holder),
    ).toMatchObject({ ...common, attempted_cost: 0 });
    const price = matched(2, { maxCostPerInvocation: usd(40n), maxInvocations: 0n });
    expect(
      financialMetadata({ kind: "exhausted", grant: price, attempted: usd(40n) }, holder),
    ).toMatchObject({ budget_total: U64_MAX, budget_remaining: 0 });
  });

  it("writes the largest u64 where there is no total", () => {
    expect(financialMetadata({ kind: "pending", hold: { ...hold, total: null } }, holder)).toEqual({
      ...common,
      cost_charged: 40,
      budget_total: U64_MAX,
      budget_remaining: U64_MAX - 90n,
      settlement_status: "pending",
    });
  });

  it("is absent where the grant has no cost", () => {
    expect(financialMetadata({ kind: "pending", hold: free }, holder)).toBeNull();
    const grant = matched(0, { maxInvocations: 0n });
    expect(financialMetadata({ kind: "exhausted", grant, attempted: null }, holder)).toBeNull();
  });
});

describe("metadata.budget_authority", () => {
  const authority = {
    guarantee_level: "single_node_atomic",
    authority_profile: "authoritative_hold_event",
    metering_profile: "max_cost_preauthorize_then_reconcile_actual",
    hold_id: "hold",
    authorize: {
      event_id: "hold:authorize",
      exposure_units: 40,
      committed_cost_units_after: 90,
    },
  };

  it("names the hold", () => {
    expect(budgetAuthorityMetadata({ kind: "pending", hold })).toEqual(authority);
  });

  it("and how it ended", () => {
    expect(budgetAuthorityMetadata(settled(usd(25n)))).toEqual({
      ...authority,
      terminal: {
        disposition: "reconciled",
        event_id: "hold:reconcile",
        exposure_units: 40,
        realized_spend_units: 25,
        committed_cost_units_after: 75,
      },
    });
    expect(budgetAuthorityMetadata({ kind: "reversed", hold })).toEqual({
      ...authority,
      terminal: {
        disposition: "reversed",
        event_id: "hold:reverse",
        exposure_units: 40,
        realized_spend_units: 0,
        committed_cost_units_after: 50,
      },
    });
  });

  it("is absent where nothing was held", () => {
    const grant = matched(0, { maxCostPerInvocation: usd(40n) });
    expect(budgetAuthorityMetadata({ kind: "exhausted", grant, attempted: usd(40n) })).toBeNull();
    expect(budgetAuthorityMetadata({ kind: "pending", hold: free })).toBeNull();
  });
});
