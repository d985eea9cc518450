import fc from "fast-check";
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

function total(state: GroupBudget): Allotment {
  const leases = [...state.leases.values()].map(({ remaining }) => remaining);
  return [state.spent, ...leases].reduce((sum, { calls, units }) =>
    amount(sum.calls + calls, sum.units + units),
  );
}

/** The invariant of streaming 6.4, and what makes it mean something. */
function check(state: GroupBudget): void {
  const { calls, units } = total(state);
  expect(calls <= state.ceiling.calls && units <= state.ceiling.units).toBe(true);
  const epochs = new Set<bigint>();
  for (const { remaining, epoch, expiresAt } of state.leases.values()) {
    expect(remaining.calls >= 0n && remaining.units >= 0n).toBe(true);
    expect(remaining.calls <= state.slice.calls && remaining.units <= state.slice.units).toBe(true);
    expect(expiresAt > state.clock && epoch <= state.epoch).toBe(true);
    epochs.add(epoch);
  }
  expect(epochs.size).toBe(state.leases.size);
}

const NAMES = ["a", "b", "c"] as const;

describe("whatever consumers do", () => {
  const small = fc.bigInt(-1n, 12n);
  const event: fc.Arbitrary<GroupEvent> = fc
    .record({
      now: fc.bigInt(0n, 40n),
      consumer: fc.constantFrom(...NAMES),
      epoch: fc.bigInt(0n, 8n),
      cost: fc.record({ calls: small, units: small }),
      kind: fc.constantFrom(
        "join" as const,
        "lease" as const,
        "spend" as const,
        "spend" as const,
        "return" as const,
        "leave" as const,
        "crash" as const,
        "rebalance" as const,
        "tick" as const,
      ),
    })
    .map((members) => members);

  it("spent and leases stay within the ceiling, and nothing is spent but what was answered", () => {
    fc.assert(
      fc.property(
        fc.record({ calls: fc.bigInt(0n, 20n), units: fc.bigInt(0n, 20n) }),
        fc.record({ calls: fc.bigInt(0n, 9n), units: fc.bigInt(0n, 9n) }),
        fc.array(event, { maxLength: 60 }),
        (ceiling, slice, events) => {
          let state = emptyGroup({ ceiling, slice, leaseTime: LEASE_TIME });
          let ran = amount(0n, 0n);
          const dead = new Set<bigint>();
          for (const next of events) {
            const lease = "consumer" in next ? state.leases.get(next.consumer) : undefined;
            const step = groupBudget(state, next);
            if (next.kind === "crash" && lease !== undefined) {
              dead.add(lease.epoch);
            }
            if (next.kind === "spend" && step.refused === null) {
              expect(dead.has(next.epoch)).toBe(false);
              expect(lease?.epoch).toBe(next.epoch);
              expect(step.state.clock < (lease?.expiresAt ?? 0n)).toBe(true);
              ran = amount(ran.calls + next.cost.calls, ran.units + next.cost.units);
            }
            state = step.state;
            expect(state.spent).toEqual(ran);
            check(state);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/**
 * Every event that three consumers can cause: what they know of their own epoch is their current lease's, or
 * that of a lease before it. Time stands still or jumps to where leases end.
 */
function everyEvent(state: GroupBudget): readonly GroupEvent[] {
  const { clock: now } = state;
  const one = amount(1n, 2n);
  return [
    ...NAMES.flatMap((consumer): readonly GroupEvent[] => {
      const current = state.leases.get(consumer)?.epoch ?? state.epoch;
      return [
        { kind: "join", consumer, now },
        { kind: "leave", consumer, now },
        { kind: "crash", consumer, now },
        { kind: "lease", consumer, now },
        { kind: "spend", consumer, epoch: current, cost: one, now },
        { kind: "spend", consumer, epoch: current - 1n, cost: one, now },
        { kind: "return", consumer, epoch: current, now },
      ];
    }),
    { kind: "rebalance", now },
    { kind: "tick", now: now + LEASE_TIME },
  ];
}

function textOf(state: GroupBudget): string {
  const sorted = [
    [...state.members].sort(),
    [...state.leases].sort(([a], [b]) => (a < b ? -1 : 1)),
  ];
  const parts = [sorted, state.epoch, state.clock, state.spent];
  return JSON.stringify(parts, (_, part) => (typeof part === "bigint" ? `${part}` : part));
}

describe("the whole model", () => {
  it("holds for all 23^6 = 148,035,889 sequences of six events of three consumers", () => {
    const tiny = emptyGroup({
      ceiling: amount(3n, 5n),
      slice: amount(2n, 3n),
      leaseTime: LEASE_TIME,
    });
    let frontier = new Map([[textOf(tiny), tiny]]);
    let refused = 0;
    for (let length = 1; length <= 6; length += 1) {
      const next = new Map<string, GroupBudget>();
      for (const state of frontier.values()) {
        const events = everyEvent(state);
        expect(events).toHaveLength(23);
        for (const event of events) {
          const step = groupBudget(state, event);
          refused += step.refused === null ? 0 : 1;
          next.set(textOf(step.state), step.state);
        }
      }
      for (const state of next.values()) {
        check(state);
      }
      frontier = next;
    }
    expect(refused).toBeGreaterThan(0);
  });
});
