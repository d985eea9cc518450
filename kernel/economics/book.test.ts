import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authorizeCost } from "./authorize.ts";
import { type BudgetBook, budgetBook, CLOSED_HOLDS } from "./book.ts";
import { reconcileEvent, reverseEvent } from "./events.ts";
import { type BudgetEvent, type Hold, NO_USAGE, U64_MAX } from "./model.ts";
import { settle } from "./reconcile.ts";
import { matched, usd } from "./testing/grants.ts";

const grant = matched(0, {
  maxInvocations: 5n,
  maxCostPerInvocation: usd(40n),
  maxTotalCost: usd(100n),
});

function held(book: BudgetBook, requestId: string): { hold: Hold; event: BudgetEvent } {
  const decision = authorizeCost({
    capabilityId: "cap",
    requestId,
    grants: [grant],
    usage: (index) => book.usage("cap", index),
  });
  if (decision.kind !== "held") {
    throw new Error(decision.kind);
  }
  return decision;
}

const APPLIED = { ok: true, value: "applied" };
const REPEATED = { ok: true, value: "repeated" };

describe("a budget book", () => {
  it("counts in 64 bits and remembers so many closed holds", () => {
    expect(U64_MAX).toBe(18_446_744_073_709_551_615n);
    expect(CLOSED_HOLDS).toBe(4096);
  });

  it("spends nothing with an event that is no reconciliation", () => {
    const { hold, event } = held(budgetBook(), "r");
    expect([event.realized, reverseEvent(hold).realized]).toEqual([0n, 0n]);
    expect(reconcileEvent(hold, 7n).realized).toBe(7n);
  });

  it("starts with nothing used", () => {
    expect(budgetBook().usage("cap", 0)).toBe(NO_USAGE);
    expect(budgetBook().open()).toEqual([]);
  });

  it("keeps grants and capabilities apart", () => {
    const book = budgetBook();
    book.apply(held(book, "r").event);
    expect(book.usage("cap", 0).invocations).toBe(1n);
    expect(book.usage("cap", 1)).toBe(NO_USAGE);
    expect(book.usage("ca", 0)).toBe(NO_USAGE);
  });

  it("applies an event once", () => {
    const book = budgetBook();
    const { hold, event } = held(book, "r");
    expect(book.apply(event)).toEqual(APPLIED);
    expect(book.apply({ ...event })).toEqual(REPEATED);
    expect(book.usage("cap", 0)).toMatchObject({ invocations: 1n, exposed: 40n });
    expect(book.open()).toEqual([event]);
    const closing = reconcileEvent(hold, 30n);
    expect(book.apply(closing)).toEqual(APPLIED);
    expect(book.apply({ ...closing })).toEqual(REPEATED);
    expect(book.apply(event)).toEqual(REPEATED);
    expect(book.usage("cap", 0)).toEqual({
      invocations: 1n,
      exposed: 0n,
      realized: 30n,
      currency: "USD",
    });
    expect(book.open()).toEqual([]);
  });

  it("gives a reversed call back in full", () => {
    const book = budgetBook();
    const { hold, event } = held(book, "r");
    book.apply(event);
    const id = "budget-hold:r:cap:0:reverse";
    expect(reverseEvent(hold)).toEqual({ ...event, id, kind: "reverse" });
    expect(book.apply(reverseEvent(hold))).toEqual(APPLIED);
    expect(book.usage("cap", 0)).toEqual({ ...NO_USAGE, currency: "USD" });
  });

  it.each([
    ["units", { units: 39n }],
    ["grant", { grantIndex: 1 }],
    ["capability", { capabilityId: "other" }],
    ["currency", { currency: "EUR" }],
    ["id", { id: "budget-hold:r:cap:0:authorize2" }],
    ["amount", { realized: 1n }],
  ])("refuses another content under the same id: %s", (_, members) => {
    const book = budgetBook();
    const { hold, event } = held(book, "r");
    book.apply(event);
    const other = { ...event, ...members };
    expect(book.apply(other)).toEqual({ ok: false, error: `${other.id} has another content` });
    expect(book.usage("cap", 0).invocations).toBe(1n);
    book.apply(reverseEvent(hold));
    expect(book.apply(other).ok).toBe(false);
    expect(book.usage("other", 0)).toBe(NO_USAGE);
  });

  it.each([
    ["units", { units: 39n }],
    ["grant", { grantIndex: 1 }],
    ["capability", { capabilityId: "other" }],
    ["currency", { currency: "EUR" }],
  ])("refuses to close a hold with another: %s", (_, members) => {
    const book = budgetBook();
    const { hold, event } = held(book, "r");
    book.apply(event);
    const closing = { ...reverseEvent(hold), ...members };
    expect(book.apply(closing)).toEqual({
      ok: false,
      error: `${closing.id} is not of this hold`,
    });
    expect(book.usage("cap", 0)).toMatchObject({ invocations: 1n, exposed: 40n });
  });

  it("closes a hold once, and only one that is open", () => {
    const book = budgetBook();
    const { hold, event } = held(book, "r");
    expect(book.apply(reverseEvent(hold))).toEqual({
      ok: false,
      error: "budget-hold:r:cap:0:reverse closes a hold that is not open",
    });
    book.apply(event);
    book.apply(reconcileEvent(hold, 30n));
    for (const second of [reverseEvent(hold), reconcileEvent(hold, 31n)]) {
      expect(book.apply(second)).toEqual({
        ok: false,
        error: "budget-hold:r:cap:0 is closed already",
      });
    }
    expect(book.usage("cap", 0)).toMatchObject({ exposed: 0n, realized: 30n });
  });

  it("refuses what the ledger refuses, and keeps nothing of it", () => {
    const book = budgetBook();
    const { event } = held(book, "r");
    const huge = { ...event, units: U64_MAX + 1n };
    expect(book.apply(huge).ok).toBe(false);
    expect(book.open()).toEqual([]);
    expect(book.usage("cap", 0)).toBe(NO_USAGE);
    expect(book.apply(event)).toEqual(APPLIED);
  });

  it("remembers a bounded number of closed holds", () => {
    expect(CLOSED_HOLDS).toBe(4096);
    const book = budgetBook();
    const opening = (request: number): BudgetEvent => ({
      ...held(budgetBook(), `${request}`).event,
      capabilityId: `cap-${request}`,
    });
    for (let request = 0; request <= CLOSED_HOLDS; request += 1) {
      const event = opening(request);
      book.apply(event);
      book.apply({ ...event, id: `${event.holdId}:reverse`, kind: "reverse" });
    }
    expect(book.apply(opening(1))).toEqual(REPEATED);
    expect(book.apply(opening(CLOSED_HOLDS))).toEqual(REPEATED);
    expect(book.apply(opening(0))).toEqual(APPLIED);
  });
});

describe("whatever happens to a grant", () => {
  const step = fc.record({
    close: fc.option(fc.nat(5), { nil: null }),
    report: fc.option(fc.bigInt(0n, 80n), { nil: null }),
    reverse: fc.boolean(),
  });

  it("exposed and realized stay within its total, calls within their number, and nothing is lost", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const book = budgetBook();
        const open: Hold[] = [];
        let ran = 0n;
        let spent = 0n;
        for (const [index, { close, report, reverse }] of steps.entries()) {
          const decision = authorizeCost({
            capabilityId: "cap",
            requestId: `${index}`,
            grants: [grant],
            usage: (place) => book.usage("cap", place),
          });
          if (decision.kind === "held") {
            book.apply(decision.event);
            open.push(decision.hold);
          }
          const closed = close === null ? undefined : open.splice(close, 1)[0];
          if (closed !== undefined && reverse) {
            book.apply(reverseEvent(closed));
          } else if (closed !== undefined) {
            const reported = report === null ? null : usd(report);
            const { realized } = settle(closed, reported);
            book.apply(reconcileEvent(closed, realized));
            ran += 1n;
            spent += realized;
          }
          const usage = book.usage("cap", 0);
          expect(usage.invocations).toBe(ran + BigInt(open.length));
          expect(usage.exposed).toBe(40n * BigInt(open.length));
          expect(usage.realized).toBe(spent);
          expect(usage.invocations <= 5n).toBe(true);
          expect(usage.exposed + usage.realized <= 100n).toBe(true);
        }
      }),
    );
  });
});
