import { describe, expect, it } from "vitest";
import { type Hold, U64_MAX } from "./model.ts";
import { needsReconciliation, reconciliationAction, settle } from "./reconcile.ts";
import { usd } from "./testing/grants.ts";

const hold: Hold = {
  id: "hold",
  capabilityId: "cap",
  grantIndex: 0,
  units: 40n,
  currency: "USD",
  capped: true,
  total: usd(100n),
  committedAfter: 90n,
};
const uncapped: Hold = { ...hold, units: 0n, capped: false, committedAfter: 70n };

const asHeld = {
  realized: 40n,
  costCharged: 40n,
  settlementStatus: "settled",
  overrun: false,
  misreported: false,
};

describe("a settlement", () => {
  it("without a report takes what was held", () => {
    expect(settle(hold, null)).toEqual({ ...asHeld, reported: null });
    expect(settle(uncapped, null)).toMatchObject({ realized: 0n, settlementStatus: "settled" });
  });

  it.each([0n, 1n, 39n, 40n])("takes a cost of %s within what was held", (units) => {
    expect(settle(hold, usd(units))).toEqual({
      ...asHeld,
      realized: units,
      costCharged: units,
      reported: usd(units),
    });
  });

  it.each([41n, U64_MAX])("marks a cost of %s beyond it, and spends what was held", (units) => {
    expect(settle(hold, usd(units))).toEqual({
      realized: 40n,
      costCharged: units,
      settlementStatus: "failed",
      overrun: true,
      misreported: false,
      reported: usd(units),
    });
  });

  it("of a call that was said to be free marks any cost", () => {
    const free = { ...hold, units: 0n };
    expect(settle(free, usd(0n))).toMatchObject({ overrun: false });
    expect(settle(free, usd(1n))).toMatchObject({ overrun: true, realized: 0n, costCharged: 1n });
  });

  it.each([
    { units: 10n, currency: "EUR" },
    { units: 10n, currency: "usd" },
    { units: -1n, currency: "USD" },
  ])("does not use a report of $units $currency", (report) => {
    expect(settle(hold, report)).toEqual({
      ...asHeld,
      settlementStatus: "failed",
      misreported: true,
      reported: report,
    });
  });

  it("without a cap for each call goes up to what was left of the total", () => {
    expect(settle(uncapped, usd(30n))).toMatchObject({
      realized: 30n,
      costCharged: 30n,
      settlementStatus: "settled",
      overrun: false,
    });
    expect(settle(uncapped, usd(31n))).toMatchObject({
      realized: 30n,
      costCharged: 31n,
      settlementStatus: "failed",
      overrun: true,
    });
  });

  it("without a total goes up to what was held", () => {
    const open = { ...hold, total: null };
    expect(settle(open, usd(41n))).toMatchObject({ realized: 40n, overrun: true });
    expect(settle({ ...open, capped: false }, usd(41n))).toMatchObject({ realized: 40n });
  });

  it("of a hold without a cost is nothing, whatever is reported", () => {
    const free = { ...hold, units: 0n, currency: null, capped: false, total: null };
    expect(settle(free, usd(5n))).toEqual({
      ...asHeld,
      realized: 0n,
      costCharged: 0n,
      reported: usd(5n),
    });
  });

  it("needs a receipt of its own where the report does not fit", () => {
    expect(needsReconciliation(settle(hold, usd(40n)))).toBe(false);
    expect(needsReconciliation(settle(hold, null))).toBe(false);
    expect(needsReconciliation(settle(hold, usd(41n)))).toBe(true);
    expect(needsReconciliation(settle(hold, { units: 1n, currency: "EUR" }))).toBe(true);
  });
});

describe("the receipt of a reconciliation", () => {
  it("names the original receipt and all amounts", () => {
    const reconciliation = {
      original_receipt_id: "rcpt-1",
      held: { units: 40, currency: "USD" },
      reported: { units: U64_MAX, currency: "EUR" },
      realized: { units: 30, currency: "USD" },
    };
    expect(
      reconciliationAction({
        originalReceiptId: "rcpt-1",
        held: usd(40n),
        reported: { units: U64_MAX, currency: "EUR" },
        realized: 30n,
      }),
    ).toEqual({
      toolServer: "chio",
      toolName: "settlement:reconcile",
      parameters: reconciliation,
      metadata: { reconciliation },
    });
  });
});
