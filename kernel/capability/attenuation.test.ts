import { describe, expect, it } from "vitest";
import { isSubsetOf, subsetProblem } from "./attenuation.ts";
import type { PatternGrant, Scope, ToolGrant } from "./model.ts";
import { constraintOf, grantOf, scopeOf, usd } from "./testing/capabilities.ts";

type Change = Partial<ToolGrant>;

const A = constraintOf("path_prefix", "/a");
const B = constraintOf("max_length", 5);

describe("a tool grant", () => {
  it.each<readonly [string, Change, Change]>([
    ["an equal one", {}, {}],
    ["one server under any", {}, { serverId: "*" }],
    ["one tool under any", {}, { toolName: "*" }],
    ["any under any", { serverId: "*", toolName: "*" }, { serverId: "*", toolName: "*" }],
    ["fewer operations", { operations: ["read"] }, { operations: ["invoke", "read"] }],
    ["no operation", { operations: [] }, {}],
    ["a count of its own", { maxInvocations: 5n }, {}],
    ["the same count", { maxInvocations: 5n }, { maxInvocations: 5n }],
    ["a lower count", { maxInvocations: 4n }, { maxInvocations: 5n }],
    ["more constraints", { constraints: [B, A] }, { constraints: [A] }],
    ["the same cost", { maxCostPerInvocation: usd(5n) }, { maxCostPerInvocation: usd(5n) }],
    ["a lower cost", { maxCostPerInvocation: usd(4n) }, { maxCostPerInvocation: usd(5n) }],
    ["a cost of its own", { maxCostPerInvocation: usd(4n) }, {}],
    ["the same total", { maxTotalCost: usd(5n) }, { maxTotalCost: usd(5n) }],
    ["a lower total", { maxTotalCost: usd(4n) }, { maxTotalCost: usd(5n) }],
    ["proof where none is asked", { dpopRequired: true }, {}],
    ["proof where it is asked", { dpopRequired: true }, { dpopRequired: true }],
  ])("covers %s", (_, child, parent) => {
    expect(isSubsetOf(scopeOf(grantOf(child)), scopeOf(grantOf(parent)))).toBe(true);
  });

  it.each<readonly [string, Change, Change]>([
    ["another server", { serverId: "other" }, {}],
    ["another tool", { toolName: "other" }, {}],
    ["any server under one", { serverId: "*" }, {}],
    ["any tool under one", { toolName: "*" }, {}],
    ["a name under a prefix", {}, { toolName: "too*" }],
    ["more operations", { operations: ["invoke", "read"] }, {}],
    ["a higher count", { maxInvocations: 6n }, { maxInvocations: 5n }],
    ["no count", {}, { maxInvocations: 5n }],
    ["no constraint", {}, { constraints: [A] }],
    ["another constraint", { constraints: [B] }, { constraints: [A] }],
    ["one of two constraints", { constraints: [B] }, { constraints: [A, B] }],
    ["a higher cost", { maxCostPerInvocation: usd(6n) }, { maxCostPerInvocation: usd(5n) }],
    ["no cost", {}, { maxCostPerInvocation: usd(5n) }],
    [
      "another currency",
      { maxCostPerInvocation: { units: 1n, currency: "EUR" } },
      { maxCostPerInvocation: usd(5n) },
    ],
    ["a higher total", { maxTotalCost: usd(6n) }, { maxTotalCost: usd(5n) }],
    ["no total", {}, { maxTotalCost: usd(5n) }],
    ["no proof where it is asked", {}, { dpopRequired: true }],
  ])("does not cover %s", (_, child, parent) => {
    expect(isSubsetOf(scopeOf(grantOf(child)), scopeOf(grantOf(parent)))).toBe(false);
  });
});

function resources(...grants: readonly PatternGrant[]): Scope {
  return { grants: [], resourceGrants: grants, promptGrants: [] };
}

function prompts(...grants: readonly PatternGrant[]): Scope {
  return { grants: [], resourceGrants: [], promptGrants: grants };
}

describe("a pattern grant", () => {
  it.each([
    ["a", "a", true],
    ["a", "*", true],
    ["a*", "*", true],
    ["*", "*", true],
    ["ab", "a*", true],
    ["ab*", "a*", true],
    ["a*", "a*", true],
    ["a", "a*", true],
    ["a*c", "a*", true],
    ["b", "a", false],
    ["a*", "a", false],
    ["*", "a*", false],
    ["a*", "ab*", false],
    ["a", "ab*", false],
    ["*", "**", false],
    ["**", "*", true],
    ["**", "***", false],
  ])("of %s under %s: %s", (child, parent, covered) => {
    const read = (pattern: string): PatternGrant => ({ pattern, operations: ["read"] });
    expect(isSubsetOf(resources(read(child)), resources(read(parent)))).toBe(covered);
    expect(isSubsetOf(prompts(read(child)), prompts(read(parent)))).toBe(covered);
  });

  it("covers no operation that it lacks", () => {
    const grant = (...operations: PatternGrant["operations"]): PatternGrant => ({
      pattern: "*",
      operations,
    });
    expect(isSubsetOf(resources(grant("read")), resources(grant("read", "subscribe")))).toBe(true);
    expect(isSubsetOf(resources(grant("subscribe")), resources(grant("read")))).toBe(false);
  });

  it("does not cover a grant of another kind", () => {
    const any: PatternGrant = { pattern: "*", operations: ["read", "get"] };
    expect(isSubsetOf(resources(any), prompts(any))).toBe(false);
    expect(isSubsetOf(prompts(any), resources(any))).toBe(false);
    expect(isSubsetOf(scopeOf(grantOf()), resources(any))).toBe(false);
  });
});

describe("a scope", () => {
  it("covers the empty scope, and the empty scope covers nothing else", () => {
    expect(isSubsetOf(scopeOf(), scopeOf())).toBe(true);
    expect(isSubsetOf(scopeOf(), scopeOf(grantOf()))).toBe(true);
    expect(isSubsetOf(scopeOf(grantOf()), scopeOf())).toBe(false);
  });

  it("covers a grant with one of its own, never with two halves", () => {
    const both = grantOf({ operations: ["invoke", "read"] });
    const parent = scopeOf(grantOf(), grantOf({ operations: ["read"] }));
    expect(isSubsetOf(scopeOf(grantOf({ operations: ["read"] })), parent)).toBe(true);
    expect(isSubsetOf(scopeOf(both), parent)).toBe(false);
  });

  it("names the first grant that exceeds", () => {
    const pattern: PatternGrant = { pattern: "*", operations: [] };
    expect(subsetProblem(scopeOf(grantOf(), grantOf({ toolName: "x" })), scopeOf(grantOf()))).toBe(
      "grant 1 exceeds what its parent holds",
    );
    expect(subsetProblem(resources(pattern), scopeOf())).toBe(
      "resource grant 0 exceeds what its parent holds",
    );
    expect(subsetProblem(prompts(pattern), scopeOf())).toBe(
      "prompt grant 0 exceeds what its parent holds",
    );
    expect(subsetProblem(scopeOf(grantOf()), scopeOf(grantOf()))).toBeNull();
  });
});
