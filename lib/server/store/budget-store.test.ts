import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BudgetEvent } from "@/kernel/economics/model.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { type BudgetStore, openBudgetStore } from "./budget-store.ts";
import { loadBudgets } from "./load-budgets.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: BudgetStore;
beforeEach(() => {
  directory = temporaryDirectory();
  store = openBudgetStore(directory.path);
});
afterEach(() => {
  store.close();
  directory.remove();
});

function event(kind: BudgetEvent["kind"], request: string, more: Partial<BudgetEvent> = {}) {
  const holdId = `budget-hold:${request}:cap-1:0`;
  return {
    id: `${holdId}:${kind}`,
    kind,
    holdId,
    capabilityId: "cap-1",
    grantIndex: 0,
    units: 50n,
    realized: 0n,
    currency: "EUR",
    ...more,
  } satisfies BudgetEvent;
}

const record = (...events: readonly BudgetEvent[]): void =>
  store.connection.write(() => store.record(events, 100n));
const rows = (sql: string): unknown => store.connection.prepare(sql).all();

describe("the budget store", () => {
  it("keeps a hold, its end and what was spent", () => {
    record(event("authorize", "a"), event("authorize", "b"), event("authorize", "c"));
    expect(store.usage("cap-1", 0)).toEqual({
      invocations: 3n,
      exposed: 150n,
      realized: 0n,
      currency: "EUR",
    });
    record(event("reconcile", "a", { realized: 30n }), event("reverse", "b"));
    expect(store.usage("cap-1", 0)).toMatchObject({
      invocations: 2n,
      exposed: 50n,
      realized: 30n,
    });
    expect(
      rows(
        "SELECT disposition, authorized_exposure_units, remaining_exposure_units FROM budget_authorization_holds ORDER BY hold_id",
      ),
    ).toEqual([
      ["reconciled", 50n, 0n],
      ["reversed", 50n, 0n],
      ["open", 50n, 50n],
    ]);
    expect(
      rows(
        "SELECT kind, event_seq, invocation_count_after, total_cost_exposed_after, total_cost_realized_spend_after FROM budget_mutation_events ORDER BY event_seq",
      ),
    ).toEqual([
      ["authorize_exposure", 1n, 1n, 50n, 0n],
      ["authorize_exposure", 2n, 2n, 100n, 0n],
      ["authorize_exposure", 3n, 3n, 150n, 0n],
      ["reconcile_spend", 4n, 3n, 100n, 30n],
      ["reverse_hold", 5n, 2n, 50n, 30n],
    ]);
    expect(rows("SELECT next_seq FROM budget_replication_meta")).toEqual([[5n]]);
  });

  it("counts each grant and capability apart, and an unknown one as unused", () => {
    record(
      event("authorize", "a"),
      event("authorize", "b", { grantIndex: 1 }),
      event("authorize", "c", { capabilityId: "cap-2" }),
    );
    expect(store.usage("cap-1", 0).invocations).toBe(1n);
    expect(store.usage("cap-1", 1).invocations).toBe(1n);
    expect(store.usage("cap-2", 0).invocations).toBe(1n);
    expect(store.usage("cap-2", 1)).toMatchObject({ invocations: 0n, currency: null });
  });

  it("takes an event once, however often it comes", () => {
    record(event("authorize", "a"));
    record(event("authorize", "a"));
    expect(store.usage("cap-1", 0).invocations).toBe(1n);
  });

  it("refuses an old id with another content, and an event that does not fit, whole", () => {
    record(event("authorize", "a"));
    for (const other of [
      event("authorize", "a", { units: 51n }),
      event("authorize", "a", { grantIndex: 1 }),
      event("authorize", "a", { capabilityId: "cap-2" }),
      event("authorize", "a", { holdId: "another" }),
      event("authorize", "a", { realized: 1n }),
      event("reverse", "b", { units: 1n }),
      event("reverse", "a", { units: 51n }),
      event("authorize", "c", { currency: "USD" }),
      event("authorize", "d", { units: 2n ** 63n }),
    ]) {
      expect(() => record(event("authorize", "z"), other)).toThrow(RangeError);
    }
    expect(store.usage("cap-1", 0)).toMatchObject({ invocations: 1n, exposed: 50n });
  });

  it("gives a book that stands where the store does, open holds included", () => {
    const uncosted = { units: 0n, currency: null, capabilityId: "cap-2" };
    record(
      event("authorize", "a"),
      event("reconcile", "a", { realized: 20n }),
      event("authorize", "b"),
      event("authorize", "c", uncosted),
    );
    store.close();
    store = openBudgetStore(directory.path);
    const book = loadBudgets(store);
    for (const capability of ["cap-1", "cap-2"]) {
      expect(book.usage(capability, 0)).toEqual(store.usage(capability, 0));
    }
    expect(book.open()).toEqual([event("authorize", "b"), event("authorize", "c", uncosted)]);
    expect(book.apply(event("authorize", "b"))).toEqual({ ok: true, value: "repeated" });
    expect(book.apply(event("reverse", "b"))).toEqual({ ok: true, value: "applied" });
  });

  it("reads more events than fit a page", () => {
    record(...Array.from({ length: 1003 }, (_, index) => event("authorize", `r${index}`)));
    expect([...store.events()].length).toBe(1003);
    expect(loadBudgets(store).usage("cap-1", 0).invocations).toBe(1003n);
  });
});
