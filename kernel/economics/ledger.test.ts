import { describe, expect, it } from "vitest";
import { applyBudgetEvent } from "./ledger.ts";
import { type BudgetEvent, NO_USAGE, U64_MAX, type Usage } from "./model.ts";

const used: Usage = { invocations: 3n, exposed: 50n, realized: 20n, currency: "USD" };

function event(kind: BudgetEvent["kind"], members: Partial<BudgetEvent> = {}): BudgetEvent {
  return {
    id: `hold:${kind}`,
    kind,
    holdId: "hold",
    capabilityId: "cap",
    grantIndex: 0,
    units: 40n,
    realized: 0n,
    currency: "USD",
    ...members,
  };
}

function applied(usage: Usage, applicable: BudgetEvent): Usage {
  const after = applyBudgetEvent(usage, applicable);
  if (!after.ok) {
    throw new Error(after.error);
  }
  return after.value;
}

describe("the ledger", () => {
  it("counts a call and exposes its price", () => {
    expect(applied(NO_USAGE, event("authorize"))).toEqual({
      invocations: 1n,
      exposed: 40n,
      realized: 0n,
      currency: "USD",
    });
    expect(applied(used, event("authorize"))).toEqual({ ...used, invocations: 4n, exposed: 90n });
  });

  it("counts a call without a price", () => {
    const free = event("authorize", { units: 0n, currency: null });
    expect(applied(NO_USAGE, free)).toEqual({ ...NO_USAGE, invocations: 1n });
    expect(applied(used, free)).toEqual({ ...used, invocations: 4n });
  });

  it("gives a reversed call back", () => {
    expect(applied(used, event("reverse"))).toEqual({ ...used, invocations: 2n, exposed: 10n });
    expect(applied({ ...used, invocations: 1n, exposed: 40n }, event("reverse"))).toEqual({
      ...used,
      invocations: 0n,
      exposed: 0n,
    });
    expect(
      applied({ ...NO_USAGE, invocations: 1n }, event("reverse", { units: 0n, currency: null })),
    ).toEqual(NO_USAGE);
  });

  it("turns what was held into what was spent", () => {
    expect(applied(used, event("reconcile", { realized: 15n }))).toEqual({
      ...used,
      exposed: 10n,
      realized: 35n,
    });
    expect(applied(used, event("reconcile", { realized: 40n }))).toMatchObject({ realized: 60n });
    expect(applied({ ...used, exposed: 40n }, event("reconcile"))).toMatchObject({ exposed: 0n });
  });

  it("takes the whole cost of a call that had no cap", () => {
    expect(applied(used, event("reconcile", { units: 0n, realized: 5n }))).toEqual({
      ...used,
      realized: 25n,
    });
  });
});

describe("an event is refused", () => {
  it.each([
    ["gives back more than is held", { ...used, exposed: 39n }, event("reverse")],
    ["gives back more than is held", { ...used, invocations: 0n }, event("reverse")],
    ["closes more than is held", { ...used, exposed: 39n }, event("reconcile")],
    ["spends more than was held", used, event("reconcile", { realized: 41n })],
    ["spends more than was held", used, event("reconcile", { units: 1n, realized: 2n })],
    ["an amount in EUR against a usage in USD", used, event("authorize", { currency: "EUR" })],
    ["an amount below zero", used, event("authorize", { units: -1n })],
    ["an amount below zero", used, event("reconcile", { realized: -1n })],
    ["an amount without a currency", used, event("authorize", { units: 1n, currency: null })],
    [
      "an amount without a currency",
      used,
      event("reconcile", { units: 0n, realized: 1n, currency: null }),
    ],
    [
      "passes the largest amount that can be counted",
      { ...used, invocations: U64_MAX },
      event("authorize"),
    ],
    [
      "passes the largest amount that can be counted",
      { ...used, exposed: U64_MAX - 59n },
      event("authorize"),
    ],
    [
      "passes the largest amount that can be counted",
      { ...used, exposed: 0n, realized: U64_MAX - 4n },
      event("reconcile", { units: 0n, realized: 5n }),
    ],
  ])("%s", (problem, usage, refused) => {
    expect(applyBudgetEvent(usage, refused)).toEqual({ ok: false, error: problem });
  });

  it("only beyond the largest amount", () => {
    expect(U64_MAX).toBe(18_446_744_073_709_551_615n);
    expect(applied({ ...used, exposed: U64_MAX - 60n }, event("authorize")).exposed).toBe(
      U64_MAX - 20n,
    );
    expect(applied({ ...used, invocations: U64_MAX - 1n }, event("authorize")).invocations).toBe(
      U64_MAX,
    );
    const last = event("reconcile", { units: 0n, realized: 4n });
    expect(applied({ ...used, exposed: 0n, realized: U64_MAX - 4n }, last).realized).toBe(U64_MAX);
    const held = event("reconcile", { realized: 1n });
    expect(applied({ ...used, realized: U64_MAX - 11n }, held)).toMatchObject({
      exposed: 10n,
      realized: U64_MAX - 10n,
    });
  });
});
