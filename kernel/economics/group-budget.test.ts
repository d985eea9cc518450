import { describe, expect, it } from "vitest";
import {
  type Allotment,
  emptyGroup,
  type GroupBudget,
  type GroupEvent,
  groupBudget,
  unallotted,
} from "./group-budget.ts";

const amount = (calls: bigint, units: bigint): Allotment => ({ calls, units });
const LEASE_TIME = 10n;
const start = emptyGroup({
  ceiling: amount(10n, 100n),
  slice: amount(4n, 30n),
  leaseTime: LEASE_TIME,
});

/** Applies what has to be accepted. */
function accepted(state: GroupBudget, ...events: readonly GroupEvent[]): GroupBudget {
  return events.reduce((current, event) => {
    const step = groupBudget(current, event);
    expect(step.refused).toBeNull();
    return step.state;
  }, state);
}

const on = (
  kind: "join" | "leave" | "crash" | "lease",
  consumer: string,
  now = 0n,
): GroupEvent => ({
  kind,
  consumer,
  now,
});
const spend = (consumer: string, epoch: bigint, cost: Allotment, now = 0n): GroupEvent => ({
  kind: "spend",
  consumer,
  epoch,
  cost,
  now,
});
const giveBack = (consumer: string, epoch: bigint, now = 0n): GroupEvent => ({
  kind: "return",
  consumer,
  epoch,
  now,
});
const NO_LEASE = "no lease of this epoch";

describe("a lease", () => {
  it("is one slice, for members alone", () => {
    expect(groupBudget(start, on("lease", "a"))).toEqual({
      state: start,
      refused: "not a member of the group",
    });
    const state = accepted(start, on("join", "a"), on("lease", "a"));
    expect(state.leases.get("a")).toEqual({
      epoch: 1n,
      remaining: amount(4n, 30n),
      expiresAt: 10n,
      fenced: false,
    });
    expect(unallotted(state)).toEqual(amount(6n, 70n));
  });

  it("is filled again, under a new epoch, from what the group has left", () => {
    let state = accepted(start, on("join", "a"), on("lease", "a"));
    state = accepted(state, spend("a", 1n, amount(3n, 30n), 1n), on("lease", "a", 2n));
    expect(state.leases.get("a")).toEqual({
      epoch: 2n,
      remaining: amount(4n, 30n),
      expiresAt: 12n,
      fenced: false,
    });
    state = accepted(state, spend("a", 2n, amount(4n, 30n)), on("lease", "a"));
    expect(state.leases.get("a")?.remaining).toEqual(amount(3n, 30n));
    state = accepted(state, spend("a", 3n, amount(3n, 30n)), on("lease", "a"));
    expect(state.leases.get("a")?.remaining).toEqual(amount(0n, 10n));
    expect(groupBudget(state, spend("a", 4n, amount(1n, 0n))).refused).toBe(
      "more than the lease holds",
    );
    expect(unallotted(state)).toEqual(amount(0n, 0n));
  });

  it("is spent down to nothing, and no further", () => {
    const state = accepted(start, on("join", "a"), on("lease", "a"));
    const spent = accepted(state, spend("a", 1n, amount(4n, 30n)));
    expect(spent.spent).toEqual(amount(4n, 30n));
    expect(spent.leases.get("a")?.remaining).toEqual(amount(0n, 0n));
    for (const cost of [amount(5n, 0n), amount(0n, 31n)]) {
      expect(groupBudget(state, spend("a", 1n, cost))).toEqual({
        state,
        refused: "more than the lease holds",
      });
    }
    for (const cost of [amount(-1n, 0n), amount(0n, -1n)]) {
      expect(groupBudget(state, spend("a", 1n, cost)).refused).toBe("an amount below zero");
    }
    expect(accepted(state, spend("a", 1n, amount(0n, 0n))).spent).toEqual(amount(0n, 0n));
  });

  it("is void from its last moment on, and no clock revives it", () => {
    const state = accepted(start, on("join", "a"), on("lease", "a"));
    expect(groupBudget(state, spend("a", 1n, amount(1n, 1n), 9n)).refused).toBeNull();
    expect(groupBudget(state, spend("a", 1n, amount(1n, 1n), 10n)).refused).toBe(NO_LEASE);
    const late = accepted(state, { kind: "tick", now: 10n });
    expect(unallotted(late)).toEqual(start.ceiling);
    const back = groupBudget(late, on("lease", "a", 3n)).state;
    expect(back.clock).toBe(10n);
    expect(back.leases.get("a")?.expiresAt).toBe(20n);
  });

  it("is given back by its consumer, under its own epoch", () => {
    const state = accepted(start, on("join", "a"), on("lease", "a"), on("join", "b"));
    expect(groupBudget(state, giveBack("a", 2n)).refused).toBe(NO_LEASE);
    expect(groupBudget(state, giveBack("b", 1n)).refused).toBe(NO_LEASE);
    expect(unallotted(accepted(state, giveBack("a", 1n)))).toEqual(start.ceiling);
  });

  it("ends with its consumer's membership", () => {
    const state = accepted(
      start,
      on("join", "a"),
      on("lease", "a"),
      on("join", "b"),
      on("lease", "b"),
    );
    const left = accepted(state, on("leave", "a"));
    expect([...left.members]).toEqual(["b"]);
    expect([...left.leases.keys()]).toEqual(["b"]);
    expect(groupBudget(left, on("lease", "a")).refused).toBe("not a member of the group");
  });
});

describe("a consumer that is declared dead", () => {
  const crashed = accepted(
    start,
    on("join", "a"),
    on("join", "b"),
    on("lease", "a"),
    on("lease", "b"),
    on("crash", "a"),
  );

  it("spends nothing any more, while its lease stays counted", () => {
    expect(groupBudget(crashed, spend("a", 1n, amount(1n, 1n))).refused).toBe(NO_LEASE);
    expect(groupBudget(crashed, spend("b", 2n, amount(1n, 1n))).refused).toBeNull();
    expect([...crashed.members]).toEqual(["b"]);
    expect(unallotted(crashed)).toEqual(amount(2n, 40n));
    expect(unallotted(accepted(crashed, { kind: "rebalance", now: 0n }))).toEqual(amount(2n, 40n));
    expect(unallotted(accepted(crashed, on("leave", "a")))).toEqual(amount(2n, 40n));
  });

  it("may give back what it held, but only under its own epoch", () => {
    expect(groupBudget(crashed, giveBack("a", 2n)).refused).toBe(NO_LEASE);
    expect(unallotted(accepted(crashed, giveBack("a", 1n)))).toEqual(amount(6n, 70n));
  });

  it("returns to the group without a second lease", () => {
    const back = accepted(crashed, on("join", "a"));
    expect(groupBudget(back, on("lease", "a")).refused).toBe(
      "its former lease is neither returned nor expired",
    );
    const shared = accepted(back, { kind: "rebalance", now: 0n });
    expect(shared.leases.get("a")).toMatchObject({ epoch: 1n, fenced: true });
    expect(groupBudget(shared, spend("a", 1n, amount(1n, 1n))).refused).toBe(NO_LEASE);
    const expired = accepted(back, on("lease", "a", LEASE_TIME));
    expect(expired.leases.get("a")).toMatchObject({ epoch: 3n, fenced: false });
    expect(groupBudget(expired, spend("a", 1n, amount(1n, 1n), LEASE_TIME)).refused).toBe(NO_LEASE);
  });
});

describe("a rebalance", () => {
  it("shares out what is unspent, a slice each at most", () => {
    let state = accepted(start, on("join", "a"), on("lease", "a"), spend("a", 1n, amount(1n, 20n)));
    state = accepted(state, on("join", "b"), on("join", "c"), { kind: "rebalance", now: 1n });
    const share = { remaining: amount(3n, 26n), expiresAt: 11n, fenced: false };
    expect([...state.leases]).toEqual([
      ["a", { ...share, epoch: 2n }],
      ["b", { ...share, epoch: 3n }],
      ["c", { ...share, epoch: 4n }],
    ]);
    expect(state.spent).toEqual(amount(1n, 20n));
    expect(groupBudget(state, spend("a", 1n, amount(1n, 1n))).refused).toBe(NO_LEASE);
    const two = accepted(state, on("leave", "c"), { kind: "rebalance", now: 1n });
    expect(two.leases.get("a")?.remaining).toEqual(amount(4n, 30n));
  });

  it("among nobody shares nothing", () => {
    expect(accepted(start, { kind: "rebalance", now: 0n })).toEqual(start);
  });
});
