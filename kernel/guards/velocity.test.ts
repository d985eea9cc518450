import { describe, expect, it } from "vitest";
import { asText, asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import type { AgentVelocityConfig, VelocityConfig } from "../policy/effective-policy.ts";
import {
  FREE_GRANT,
  guardRequest,
  guardWith,
  problemOf,
  reasonOf,
} from "../testing/guard-requests.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { agentVelocity, DEFAULT_AGENT_VELOCITY } from "./agent-velocity.ts";
import type { Guard, GuardRequest } from "./guard.ts";
import { mapMemory } from "./memory.ts";
import { DEFAULT_VELOCITY, velocity } from "./velocity.ts";

const missing = vectorsDirectory() === null;

function velocityGuard(config: Partial<VelocityConfig>): Guard {
  return guardWith(velocity, { velocity: { ...DEFAULT_VELOCITY, ...config } });
}

function agentGuard(config: Partial<AgentVelocityConfig>): Guard {
  return guardWith(agentVelocity, { agentVelocity: { ...DEFAULT_AGENT_VELOCITY, ...config } });
}

type Call = Parameters<typeof guardRequest>[2];

/** The reasons of calls that share one memory. */
function runAll(guard: Guard, calls: readonly Call[]): readonly string[] {
  const memory = mapMemory();
  return calls.map((call) =>
    reasonOf(guard.check(guardRequest("tool", {}, { now: 0n, memory, ...call }))),
  );
}

function withGrant(index: number, cost: bigint | null, currency = "USD"): GuardRequest["grant"] {
  const maxCostPerInvocation = cost === null ? null : { units: cost, currency };
  return { index, grant: { ...FREE_GRANT, maxCostPerInvocation } };
}

function vectorCases(): readonly JsonObject[] {
  const guards = missing ? {} : member(readObject("evaluation/guards.json"), "guards");
  const list = isObject(guards) ? member(guards, "velocity") : [];
  return isArray(list) ? list.filter(isObject) : [];
}

function objectAt(one: JsonObject, name: string): JsonObject {
  const value = member(one, name);
  return isObject(value) ? value : {};
}

function costOf(grant: JsonObject): bigint | null {
  const cost = member(grant, "max_cost_per_invocation");
  return isObject(cost) ? (asU64(member(cost, "units")) ?? null) : null;
}

describe.skipIf(missing)("vectors", () => {
  it.each(vectorCases().map((one) => [asText(member(one, "test")), one] as const))(
    "%s",
    (_, one) => {
      const config = objectAt(one, "config");
      const burst = member(config, "burst_factor");
      const guard = velocityGuard({
        maxInvocationsPerWindow: asU64(member(config, "max_invocations_per_window")) ?? null,
        maxSpendPerWindow: asU64(member(config, "max_spend_per_window")) ?? null,
        windowSeconds: asU64(member(config, "window_secs")) ?? DEFAULT_VELOCITY.windowSeconds,
        burstFactor: typeof burst === "number" ? burst : DEFAULT_VELOCITY.burstFactor,
      });
      const listed = member(one, "calls");
      const calls = isArray(listed) ? listed.filter(isObject) : [{}];
      const cost = costOf(objectAt(one, "grant"));
      const reasons = runAll(
        guard,
        calls.map((call) => ({
          now: asU64(member(call, "t_ms")) ?? 0n,
          grant: withGrant(Number(asU64(member(call, "grant_index")) ?? 0n), cost),
        })),
      );
      const verdicts = reasons.map((reason) => (reason === "allow" ? "allow" : "deny"));
      expect(verdicts).toEqual(member(one, "expected"));
    },
  );
});

describe("velocity", () => {
  it("keeps a bucket for each grant of each capability", () => {
    const guard = velocityGuard({ maxInvocationsPerWindow: 1n });
    expect(
      runAll(guard, [
        {},
        { grant: withGrant(1, null) },
        { capabilityId: "cap-2" },
        { grant: null },
        {},
        { grant: null },
      ]),
    ).toEqual([
      "allow",
      "allow",
      "allow",
      "allow",
      "more than 1 calls in 60 s",
      "more than 1 calls in 60 s",
    ]);
  });

  it("regains by the time of the call", () => {
    const guard = velocityGuard({ maxInvocationsPerWindow: 2n, windowSeconds: 2n });
    const calls = [0n, 0n, 999n, 1000n].map((now) => ({ now }));
    expect(runAll(guard, calls)).toEqual(["allow", "allow", "more than 2 calls in 2 s", "allow"]);
  });

  it("takes the burst into the capacity", () => {
    const guard = velocityGuard({ maxInvocationsPerWindow: 2n, burstFactor: 1.5 });
    expect(runAll(guard, [{}, {}, {}, {}]).filter((reason) => reason === "allow")).toHaveLength(3);
  });

  it("spends the grant's highest price, by currency", () => {
    const guard = velocityGuard({ maxSpendPerWindow: 100n });
    const grant = (cost: bigint, currency = "USD") => ({ grant: withGrant(0, cost, currency) });
    expect(
      runAll(guard, [grant(60n), grant(41n), grant(40n), grant(0n), grant(1n), grant(1n, "EUR")]),
    ).toEqual([
      "allow",
      "more than 100 minor units in 60 s",
      "allow",
      "allow",
      "more than 100 minor units in 60 s",
      "allow",
    ]);
  });

  it("denies where no price is known", () => {
    const guard = velocityGuard({ maxSpendPerWindow: 100n });
    const reason = "spending is limited, and the grant names no highest cost of a call";
    expect(runAll(guard, [{ grant: null }, { grant: withGrant(0, null) }])).toEqual([
      reason,
      reason,
    ]);
  });

  it("counts a call whose spending is denied", () => {
    const guard = velocityGuard({ maxInvocationsPerWindow: 1n, maxSpendPerWindow: 1n });
    expect(runAll(guard, [{ grant: withGrant(0, 2n) }, { grant: withGrant(0, 1n) }])).toEqual([
      "more than 1 minor units in 60 s",
      "more than 1 calls in 60 s",
    ]);
  });

  it("lets everything pass without limits, and refuses a bad window either way", () => {
    expect(runAll(velocityGuard({}), [{ grant: null }, {}])).toEqual(["allow", "allow"]);
    const bad = { ...DEFAULT_VELOCITY, windowSeconds: 0n };
    expect(problemOf(velocity, { velocity: bad })).toContain("window");
    expect(problemOf(velocity, { velocity: null })).toBe("none");
    expect(DEFAULT_VELOCITY).toEqual({
      maxInvocationsPerWindow: null,
      maxSpendPerWindow: null,
      windowSeconds: 60n,
      burstFactor: 1,
    });
  });
});

describe("agent-velocity", () => {
  const other = { called: { agentId: "agent-2" } };

  it("bounds each agent over all its capabilities", () => {
    const guard = agentGuard({ maxRequestsPerAgent: 2n });
    expect(runAll(guard, [{}, { capabilityId: "cap-2" }, {}, other, { now: 30_000n }])).toEqual([
      "allow",
      "allow",
      "the agent made more than 2 calls in 60 s",
      "allow",
      "allow",
    ]);
  });

  it("bounds each agent under each capability", () => {
    const guard = agentGuard({ maxRequestsPerSession: 1n });
    const renamed = { called: { sessionId: "another" } };
    expect(
      runAll(guard, [{}, { capabilityId: "cap-2" }, other, renamed, { now: 60_000n }]),
    ).toEqual([
      "allow",
      "allow",
      "allow",
      "the agent's session made more than 1 calls in 60 s",
      "allow",
    ]);
  });

  it("keeps both limits apart", () => {
    const guard = agentGuard({ maxRequestsPerAgent: 2n, maxRequestsPerSession: 1n });
    expect(runAll(guard, [{}, {}, { capabilityId: "cap-2" }])).toEqual([
      "allow",
      "the agent's session made more than 1 calls in 60 s",
      "the agent made more than 2 calls in 60 s",
    ]);
  });

  it("lets everything pass without limits, and refuses a bad burst either way", () => {
    expect(runAll(agentGuard({}), [{}, {}])).toEqual(["allow", "allow"]);
    const bad = { ...DEFAULT_AGENT_VELOCITY, burstFactor: 0 };
    expect(problemOf(agentVelocity, { agentVelocity: bad })).toContain("burst");
    expect(problemOf(agentVelocity, { agentVelocity: null })).toBe("none");
    expect(DEFAULT_AGENT_VELOCITY).toEqual({
      maxRequestsPerAgent: null,
      maxRequestsPerSession: null,
      windowSeconds: 60n,
      burstFactor: 1,
    });
  });
});
