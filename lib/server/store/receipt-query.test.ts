import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { nodeSigner } from "../keys/signer.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives, type SignedCall, signedTool } from "../testing/signed.ts";
import { lineageStore } from "./lineage-store.ts";
import { receiptAnalytics } from "./receipt-analytics.ts";
import { EVERY_RECEIPT, type ReceiptFilter } from "./receipt-filter.ts";
import { type PageRequest, queryReceipts, type ReceiptPage } from "./receipt-query.ts";
import { receiptRow } from "./receipt-row.ts";
import { openReceiptStore, type ReceiptStore } from "./receipt-store.ts";

const key = nodeSigner(new Uint8Array(32).fill(9));
const ALICE = "a1".repeat(32);
const BOB = "b0".repeat(32);
const HOUR = 3600n;
const U64 = 18_446_744_073_709_551_615n;

let directory: ReturnType<typeof temporaryDirectory>;
let store: ReceiptStore;
beforeEach(() => {
  directory = temporaryDirectory();
  store = openReceiptStore(directory.path);
});
afterEach(() => {
  store.close();
  directory.remove();
});

function log(...calls: readonly Partial<SignedCall>[]): void {
  store.connection.write(() =>
    store.append(
      calls.map((call, index) =>
        receiptRow(signedTool({ key, number: index + 1, at: 100n, ...call }), primitives),
      ),
    ),
  );
}

const financial = (cost: bigint | number, currency = "EUR"): JsonObject => ({
  cost_charged: typeof cost === "bigint" && cost <= 2n ** 53n ? Number(cost) : cost,
  currency,
});

function ask(filter: Partial<ReceiptFilter>, page: Partial<PageRequest> = {}): ReceiptPage {
  return queryReceipts(
    store.connection,
    { ...EVERY_RECEIPT, ...filter },
    { cursor: null, limit: null, ...page },
  );
}

/** Numbers of the receipts that fit, as the calls gave them. */
function numbers(filter: Partial<ReceiptFilter>): readonly unknown[] {
  return ask(filter).receipts.map((text) => JSON.parse(text).action.parameters.number);
}

describe("a query", () => {
  it("joins its conditions, each an exact match", () => {
    log(
      { capability: "cap-1", tool: "charge" },
      { capability: "cap-2", tool: "charge" },
      {
        capability: "cap-2",
        tool: "refund",
        decision: { verdict: "deny", reason: "r", guard: "g" },
      },
    );
    expect(numbers({})).toEqual([1, 2, 3]);
    expect(numbers({ capabilityId: "cap-2" })).toEqual([2, 3]);
    expect(numbers({ capabilityId: "cap-2", toolName: "charge" })).toEqual([2]);
    expect(numbers({ toolServer: "payments", outcome: "deny" })).toEqual([3]);
    expect(numbers({ toolServer: "other" })).toEqual([]);
  });

  it("binds what it is given: quotes and wildcards are text", () => {
    log({ tool: "a' OR 1=1 --" }, { tool: "b" });
    expect(numbers({ toolName: "a' OR 1=1 --" })).toEqual([1]);
    expect(numbers({ toolName: "%" })).toEqual([]);
    expect(numbers({ capabilityId: "' OR 1=1 --" })).toEqual([]);
  });

  it("counts both ends of a time in", () => {
    log({ at: 99n }, { at: 100n }, { at: 101n });
    expect(numbers({ since: 100n })).toEqual([2, 3]);
    expect(numbers({ until: 100n })).toEqual([1, 2]);
    expect(numbers({ since: 100n, until: 100n })).toEqual([2]);
    expect(numbers({ since: U64 })).toEqual([]);
    expect(numbers({ until: U64 })).toEqual([1, 2, 3]);
  });

  it("compares amounts up to 2^64 - 1 exactly, and leaves out what charges nothing", () => {
    log(
      { financial: financial(9) },
      { financial: financial(10) },
      { financial: financial(U64 - 1n) },
      { financial: financial(U64) },
      {},
    );
    expect(numbers({ minCost: 10n })).toEqual([2, 3, 4]);
    expect(numbers({ maxCost: 10n })).toEqual([1, 2]);
    expect(numbers({ minCost: U64 })).toEqual([4]);
    expect(numbers({ minCost: 0n, maxCost: U64 - 1n })).toEqual([1, 2, 3]);
  });

  it("finds an agent by attribution and by what was issued to it", () => {
    log({ subject: ALICE }, { subject: BOB, capability: "cap-a" }, { subject: BOB });
    store.connection.write(() =>
      lineageStore(store.connection).record({
        capabilityId: "cap-a",
        subjectKey: ALICE,
        issuerKey: BOB,
        issuedAt: 1n,
        expiresAt: 2n,
        grantsJson: "{}",
        delegationDepth: 0n,
        parentCapabilityId: null,
      }),
    );
    expect(numbers({ agentSubject: ALICE })).toEqual([1, 2]);
    expect(numbers({ agentSubject: BOB })).toEqual([2, 3]);
  });

  it("shows a tenant its own receipts", () => {
    log({ tenant: "one" }, { tenant: "two" }, {});
    expect(numbers({ tenantId: "one" })).toEqual([1]);
  });

  it("pages by an exclusive cursor, with a total that no page changes", () => {
    log(...Array.from({ length: 5 }, () => ({})));
    const first = ask({}, { limit: 2n });
    expect([first.totalCount, first.nextCursor, first.receipts.length]).toEqual([5n, 2n, 2]);
    const second = ask({}, { limit: 3n, cursor: 2n });
    expect([second.totalCount, second.nextCursor, second.receipts.length]).toEqual([5n, null, 3]);
    expect(ask({}, { cursor: U64 }).receipts).toEqual([]);
  });

  it("clamps its limit to 1 and 200, and takes 50 without one", () => {
    log(...Array.from({ length: 202 }, () => ({})));
    const size = (limit: bigint | null): number => ask({}, { limit }).receipts.length;
    expect([size(null), size(0n), size(-7n), size(200n), size(201n)]).toEqual([50, 1, 1, 200, 200]);
  });
});

describe("analytics", () => {
  const DENY = { verdict: "deny", reason: "r", guard: "g" };
  const STOPPED = { verdict: "cancelled", reason: "r" };
  const CUT = { verdict: "incomplete", reason: "r" };
  const asked = (
    filter: Partial<ReceiptFilter> = {},
    groupLimit: bigint | null = null,
    timeBucket: "hour" | "day" = "hour",
  ): JsonObject =>
    receiptAnalytics(store.connection, { ...EVERY_RECEIPT, ...filter }, { groupLimit, timeBucket });
  const summary = (value: JsonObject): JsonObject => {
    const found = member(value, "summary");
    return isObject(found) ? found : {};
  };

  it("counts outcomes and adds costs without losing a digit", () => {
    log(
      { financial: financial(U64) },
      { financial: financial(U64) },
      { financial: { cost_charged: 0, attempted_cost: 40, currency: "EUR" }, decision: DENY },
      { decision: STOPPED },
      { decision: CUT },
    );
    expect(summary(asked())).toEqual({
      totalReceipts: 5,
      allowCount: 2,
      denyCount: 1,
      cancelledCount: 1,
      incompleteCount: 1,
      totalCostCharged: U64 * 2n,
      totalAttemptedCost: 40,
      reliabilityScore: 0.5,
      complianceRate: 0.8,
      budgetUtilizationRate: 1,
    });
  });

  it("says nothing where nothing was counted, and adds no two currencies", () => {
    expect(summary(asked())).toMatchObject({
      totalReceipts: 0,
      totalCostCharged: 0,
      reliabilityScore: null,
      complianceRate: null,
      budgetUtilizationRate: null,
    });
    log({ financial: financial(5, "EUR") }, { financial: financial(5, "USD") });
    expect(summary(asked())).toMatchObject({
      totalReceipts: 2,
      totalCostCharged: null,
      budgetUtilizationRate: null,
    });
  });

  it("groups by agent, tool and time, most receipts first, up to the limit", () => {
    log(
      { subject: BOB, tool: "b", at: 0n },
      { subject: ALICE, tool: "b", at: HOUR - 1n },
      { subject: BOB, tool: "a", at: HOUR },
      { subject: BOB, tool: "b", at: 24n * HOUR },
    );
    const all = asked();
    const count = (metrics: JsonValue | undefined): unknown =>
      isObject(metrics) ? member(metrics, "totalReceipts") : null;
    const rows = (name: string, of: JsonObject): readonly JsonObject[] => {
      const list = member(of, name);
      return Array.isArray(list) ? list.filter(isObject) : [];
    };
    expect(
      rows("byAgent", all).map((row) => [member(row, "subjectKey"), count(row["metrics"])]),
    ).toEqual([
      [BOB, 3],
      [ALICE, 1],
    ]);
    expect(
      rows("byTool", all).map((row) => [member(row, "toolName"), count(row["metrics"])]),
    ).toEqual([
      ["b", 3],
      ["a", 1],
    ]);
    const times = (of: JsonObject): readonly unknown[] =>
      rows("byTime", of).map((row) => [
        row["bucketStart"],
        row["bucketEnd"],
        count(row["metrics"]),
      ]);
    expect(times(all)).toEqual([
      [0, 3600, 2],
      [3600, 7200, 1],
      [86_400, 90_000, 1],
    ]);
    expect(times(asked({}, null, "day"))).toEqual([
      [0, 86_400, 3],
      [86_400, 172_800, 1],
    ]);
    const one = asked({}, 1n);
    expect(rows("byAgent", one).length).toBe(1);
    expect(times(one)).toEqual([[86_400, 90_000, 1]]);
    expect(rows("byAgent", asked({ toolName: "a" })).length).toBe(1);
  });
});
