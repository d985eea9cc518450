import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json/value.ts";
import { declaredProblem } from "./declared-attenuation.ts";
import type { ToolGrant } from "./model.ts";
import { agent, constraintOf, grantOf, scopeOf, usd } from "./testing/capabilities.ts";

function problem(
  attenuations: readonly JsonObject[],
  grants: readonly Partial<ToolGrant>[],
  expiresAt = 200n,
): string | null {
  return declaredProblem(
    {
      capabilityId: "cap-0",
      delegator: agent(0),
      delegatee: agent(1),
      attenuations,
      timestamp: 100n,
    },
    { id: "cap-1", scope: scopeOf(...grants.map(grantOf)), issuedAt: 100n, expiresAt },
  );
}

const TARGET = { server_id: "srv", tool_name: "tool" };
const PATH = { type: "path_prefix", value: "/a" };
const USD5 = { units: 5, currency: "USD" };

/** Each kind with a grant on which it holds, and grants on which it does not. */
const KINDS: readonly (readonly [JsonObject, Partial<ToolGrant>, readonly Partial<ToolGrant>[]])[] =
  [
    [{ type: "remove_tool", ...TARGET }, { toolName: "other" }, [{}, { operations: [] }]],
    [
      { type: "remove_operation", ...TARGET, operation: "invoke" },
      { operations: ["read"] },
      [{ operations: ["read", "invoke"] }],
    ],
    [
      { type: "add_constraint", ...TARGET, constraint: PATH },
      { constraints: [constraintOf("max_length", 5), constraintOf("path_prefix", "/a")] },
      [{}, { constraints: [constraintOf("path_prefix", "/b")] }],
    ],
    [
      { type: "reduce_budget", ...TARGET, max_invocations: 5 },
      { maxInvocations: 5n },
      [{}, { maxInvocations: 6n }],
    ],
    [
      { type: "reduce_cost_per_invocation", ...TARGET, max_cost_per_invocation: USD5 },
      { maxCostPerInvocation: usd(5n) },
      [
        { maxTotalCost: usd(5n) },
        { maxCostPerInvocation: usd(6n) },
        { maxCostPerInvocation: { units: 1n, currency: "EUR" } },
      ],
    ],
    [
      { type: "reduce_total_cost", ...TARGET, max_total_cost: USD5 },
      { maxTotalCost: usd(5n) },
      [{ maxCostPerInvocation: usd(5n) }, { maxTotalCost: usd(6n) }],
    ],
  ];

describe("a declared attenuation", () => {
  it.each(KINDS)("holds or does not: %j", (attenuation, good, bad) => {
    const broken = `cap-1 does not hold attenuation 0 (${attenuation["type"]})`;
    expect(problem([attenuation], [good])).toBeNull();
    for (const grant of bad) {
      expect(problem([attenuation], [grant])).toBe(broken);
      expect(problem([attenuation], [good, grant])).toBe(broken);
    }
  });

  it.each(KINDS)("reaches the named tool alone: %j", (attenuation, _, [bad = {}]) => {
    expect(problem([attenuation], [])).toBeNull();
    expect(problem([attenuation], [{ ...bad, serverId: "other" }])).toBeNull();
    expect(problem([attenuation], [{ ...bad, toolName: "other" }])).toBeNull();
  });

  it.each(KINDS)("reaches through a star on either side: %j", (attenuation, _, [bad = {}]) => {
    for (const wide of [{ serverId: "*" }, { toolName: "*" }, { serverId: "*", toolName: "*" }]) {
      expect(problem([attenuation], [{ ...bad, ...wide }])).not.toBeNull();
    }
    for (const wide of [{ server_id: "*" }, { tool_name: "*" }]) {
      expect(problem([{ ...attenuation, ...wide }], [bad])).not.toBeNull();
    }
  });

  it.each(KINDS)("that cannot be read does not hold: %j", (attenuation, good) => {
    const names = Object.keys(attenuation).filter((name) => name !== "type");
    for (const name of names) {
      const { [name]: _, ...without } = attenuation;
      expect(problem([without], [good])).not.toBeNull();
      expect(problem([without], [])).not.toBeNull();
      expect(problem([{ ...attenuation, [name]: null }], [good])).not.toBeNull();
    }
    expect(problem([{ ...attenuation, unless: 1 }], [good])).not.toBeNull();
  });

  it("shortens the expiry", () => {
    const shorten = [{ type: "shorten_expiry", new_expires_at: 150 }];
    const broken = "cap-1 does not hold attenuation 0 (shorten_expiry)";
    expect([149n, 150n, 151n].map((at) => problem(shorten, [{}], at))).toEqual([
      null,
      null,
      broken,
    ]);
    expect(problem([{ type: "shorten_expiry" }], [], 0n)).toBe(broken);
    expect(problem([{ type: "shorten_expiry", new_expires_at: "150" }], [], 0n)).toBe(broken);
  });

  it("of an unknown kind does not hold", () => {
    expect(problem([{ type: "no_payments" }], [])).toBe(
      "cap-1 does not hold attenuation 0 (no_payments)",
    );
    expect(problem([{ kind: "read_only" }], [])).toBe(
      "cap-1 does not hold attenuation 0 (of no type)",
    );
  });

  it("is found behind others that hold", () => {
    const holding = { type: "remove_tool", server_id: "srv", tool_name: "other" };
    expect(problem([holding, holding], [{}])).toBeNull();
    expect(problem([holding, { type: "x" }], [{}])).toBe("cap-1 does not hold attenuation 1 (x)");
  });
});
