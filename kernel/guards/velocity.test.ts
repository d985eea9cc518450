import { describe, expect, it } from "vitest";
import { asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import type { AgentVelocityConfig, VelocityConfig } from "../policy/effective-policy.ts";
import {
  FREE_GRANT,
  guardRequest,
  guardWith,
  problemOf,
  reasonOf,
} from "../testing/guard-requests.ts";
import {
  guardCases,
  numberAt,
  objectAt,
  textAt,
  u64At,
  verdictOf,
} from "../testing/guard-vectors.ts";
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

/** Calls as a case lists them, or so many of one kind. */
function callsOf(one: JsonObject): readonly JsonObject[] {
  const listed = member(one, "calls");
  return isArray(listed)
    ? listed.filter(isObject)
    : Array.from({ length: numberAt(one, "calls") ?? 1 }, () => ({}));
}

function requestOf(
  call: JsonObject,
  grant: JsonObject,
): Partial<GuardRequest> & { called?: object } {
  const cost = member(grant, "max_cost_per_invocation");
  const units = isObject(cost) ? u64At(cost, "units") : (asU64(cost) ?? null);
  const currency = (isObject(cost) && textAt(cost, "currency")) || "USD";
  const index = member(call, "grant_index");
  return {
    now: u64At(call, "t_ms") ?? 0n,
    grant: index === null ? null : withGrant(Number(asU64(index) ?? 0n), units, currency),
    capabilityId: textAt(call, "capability_id", "session_id") ?? "cap-1",
    called: { agentId: textAt(call, "agent_id") ?? "agent-1" },
  };
}

describe.skipIf(missing)("vectors", () => {
  const play = (guard: Guard, one: JsonObject) => {
    const given = objectAt(one, "grant");
    const calls = callsOf(one).map((call) =>
      requestOf(call, { ...given, ...objectAt(call, "grant") }),
    );
    const expected = member(one, "expected");
    expect(runAll(guard, calls).map(verdictOf)).toEqual(isArray(expected) ? expected : [expected]);
  };

  it.each(guardCases("velocity"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    play(
      velocityGuard({
        maxInvocationsPerWindow: u64At(config, "max_invocations_per_window"),
        maxSpendPerWindow: u64At(config, "max_spend_per_window"),
        windowSeconds: u64At(config, "window_secs") ?? DEFAULT_VELOCITY.windowSeconds,
        burstFactor: numberAt(config, "burst_factor") ?? DEFAULT_VELOCITY.burstFactor,
      }),
      one,
    );
  });

  it.each([["none", null] as const, ...guardCases("agent-velocity")])("agent: %s", (_, one) => {
    const config = objectAt(one ?? {}, "config");
    const guard = agentGuard({
      maxRequestsPerAgent: u64At(config, "max_requests_per_agent"),
      maxRequestsPerSession: u64At(config, "max_requests_per_session"),
      windowSeconds: u64At(config, "window_secs") ?? DEFAULT_AGENT_VELOCITY.windowSeconds,
      burstFactor: numberAt(config, "burst_factor") ?? DEFAULT_AGENT_VELOCITY.burstFactor,
    });
    play(guard, one ?? { expected: ["allow"] });
  });
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
