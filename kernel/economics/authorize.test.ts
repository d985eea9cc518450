import { describe, expect, it } from "vitest";
import type { MatchedGrant } from "../capability/scope.ts";
import { authorizeCost } from "./authorize.ts";
import { NO_USAGE, U64_MAX, type Usage } from "./model.ts";
import { matched, usd } from "./testing/grants.ts";

function authorize(grants: readonly MatchedGrant[], usages: Record<number, Partial<Usage>> = {}) {
  return authorizeCost({
    capabilityId: "cap",
    requestId: "req",
    grants,
    usage: (index) => ({ ...NO_USAGE, ...usages[index] }),
  });
}

const priced = matched(3, { maxCostPerInvocation: usd(40n), maxTotalCost: usd(100n) });

describe("a grant without a limit", () => {
  it("covers any call and holds nothing", () => {
    const grant = matched(0, {});
    expect(authorize([grant], { 0: { invocations: U64_MAX } })).toEqual({
      kind: "unlimited",
      grant,
    });
  });
});

describe("a grant with a number of calls", () => {
  const grant = matched(1, { maxInvocations: 2n });

  it("covers the last of them, and no more", () => {
    expect(authorize([grant], { 1: { invocations: 1n } })).toMatchObject({ kind: "held" });
    expect(authorize([grant], { 1: { invocations: 2n } })).toEqual({
      kind: "exhausted",
      grant,
      attempted: null,
    });
    expect(authorize([grant], { 1: { invocations: 3n } })).toMatchObject({ kind: "exhausted" });
    expect(authorize([matched(1, { maxInvocations: 0n })])).toMatchObject({ kind: "exhausted" });
  });

  it("holds a call without a cost, whatever was spent", () => {
    expect(authorize([grant], { 1: { realized: 7n, exposed: 1n, currency: "EUR" } })).toEqual({
      kind: "held",
      grant,
      hold: {
        id: "budget-hold:req:cap:1",
        capabilityId: "cap",
        grantIndex: 1,
        units: 0n,
        currency: null,
        capped: false,
        total: null,
        committedAfter: 8n,
      },
      event: {
        id: "budget-hold:req:cap:1:authorize",
        kind: "authorize",
        holdId: "budget-hold:req:cap:1",
        capabilityId: "cap",
        grantIndex: 1,
        units: 0n,
        realized: 0n,
        currency: null,
      },
    });
  });
});

describe("a grant with a price", () => {
  it("holds the price of one call", () => {
    expect(authorize([priced], { 3: { exposed: 20n, realized: 30n, currency: "USD" } })).toEqual({
      kind: "held",
      grant: priced,
      hold: {
        id: "budget-hold:req:cap:3",
        capabilityId: "cap",
        grantIndex: 3,
        units: 40n,
        currency: "USD",
        capped: true,
        total: usd(100n),
        committedAfter: 90n,
      },
      event: {
        id: "budget-hold:req:cap:3:authorize",
        kind: "authorize",
        holdId: "budget-hold:req:cap:3",
        capabilityId: "cap",
        grantIndex: 3,
        units: 40n,
        realized: 0n,
        currency: "USD",
      },
    });
  });

  it.each([
    [{ realized: 59n }, "held"],
    [{ realized: 60n }, "held"],
    [{ realized: 61n }, "exhausted"],
    [{ exposed: 60n }, "held"],
    [{ exposed: 61n }, "exhausted"],
    [{ exposed: 30n, realized: 30n }, "held"],
    [{ exposed: 31n, realized: 30n }, "exhausted"],
  ])("after %o of 100 is %s", (usage, kind) => {
    expect(authorize([priced], { 3: usage })).toMatchObject({ kind });
  });

  it("says what was attempted", () => {
    expect(authorize([priced], { 3: { realized: 100n } })).toEqual({
      kind: "exhausted",
      grant: priced,
      attempted: usd(40n),
    });
  });

  it("counts calls beside the price", () => {
    const both = matched(0, { maxInvocations: 1n, maxCostPerInvocation: usd(1n) });
    expect(authorize([both])).toMatchObject({ kind: "held" });
    expect(authorize([both], { 0: { invocations: 1n } })).toMatchObject({ kind: "exhausted" });
  });

  it("of nothing is held, also where the total is reached", () => {
    const free = matched(0, { maxCostPerInvocation: usd(0n), maxTotalCost: usd(5n) });
    const usage = { 0: { realized: 5n } };
    expect(authorize([free], usage)).toMatchObject({
      kind: "held",
      hold: { units: 0n, capped: true },
    });
    expect(authorize([free], { 0: { realized: 6n } })).toMatchObject({ kind: "exhausted" });
  });

  it("and no total is held until the largest amount", () => {
    const open = matched(0, { maxCostPerInvocation: usd(40n) });
    expect(authorize([open], { 0: { realized: U64_MAX - 40n } })).toMatchObject({
      kind: "held",
      hold: { total: null, committedAfter: U64_MAX },
    });
    expect(authorize([open], { 0: { realized: U64_MAX - 39n } })).toEqual({
      kind: "error",
      detail: "grant 0 passes the largest amount that can be counted",
    });
    expect(authorize([open], { 0: { invocations: U64_MAX - 1n } })).toMatchObject({ kind: "held" });
    expect(authorize([open], { 0: { invocations: U64_MAX } })).toMatchObject({ kind: "error" });
  });
});

describe("a grant with a total alone", () => {
  const grant = matched(0, { maxTotalCost: usd(100n) });

  it("holds nothing, as long as anything is left", () => {
    expect(authorize([grant], { 0: { realized: 99n } })).toMatchObject({
      kind: "held",
      hold: { units: 0n, currency: "USD", capped: false, total: usd(100n), committedAfter: 99n },
    });
    expect(authorize([grant], { 0: { realized: 100n } })).toEqual({
      kind: "exhausted",
      grant,
      attempted: null,
    });
  });
});

describe("currencies", () => {
  it("that meet in one grant are an error", () => {
    const mixed = matched(2, {
      maxCostPerInvocation: usd(1n),
      maxTotalCost: { units: 100n, currency: "EUR" },
    });
    expect(authorize([mixed])).toEqual({
      kind: "error",
      detail: "grant 2 prices calls in USD and its total in EUR",
    });
  });

  it("of the usage and the grant must be the same", () => {
    expect(authorize([priced], { 3: { currency: "EUR" } })).toEqual({
      kind: "error",
      detail: "grant 3 counts USD, but has used EUR",
    });
    expect(authorize([priced], { 3: { currency: null } })).toMatchObject({ kind: "held" });
  });
});

describe("several matching grants", () => {
  const small = matched(0, { maxCostPerInvocation: usd(40n), maxTotalCost: usd(39n) });

  it("are tried in their order", () => {
    expect(authorize([priced, matched(1, {})])).toMatchObject({ kind: "held", grant: priced });
    expect(authorize([small, priced])).toMatchObject({
      kind: "held",
      grant: priced,
      hold: { grantIndex: 3 },
    });
    expect(authorize([small, matched(1, {})])).toMatchObject({ kind: "unlimited" });
  });

  it("are exhausted together: the first is named", () => {
    expect(authorize([small, matched(1, { maxInvocations: 0n })])).toEqual({
      kind: "exhausted",
      grant: small,
      attempted: usd(40n),
    });
  });

  it("are not tried beyond one that cannot be reckoned with", () => {
    const usages = { 3: { currency: "EUR" } };
    expect(authorize([priced, matched(1, {})], usages)).toMatchObject({ kind: "error" });
  });

  it("are at least one", () => {
    expect(authorize([])).toEqual({ kind: "error", detail: "no grant covers the call" });
  });
});
