import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Allotment,
  emptyGroup,
  type GroupBudget,
  type GroupEvent,
  groupBudget,
} from "./group-budget.ts";

const amount = (calls: bigint, units: bigint): Allotment => ({ calls, units });
const LEASE_TIME = 10n;

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
