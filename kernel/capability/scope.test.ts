import { describe, expect, it } from "vitest";
import { compileNative } from "../testing/native-regex.ts";
import { compareGrants } from "./compare.ts";
import type { Scope, ToolGrant } from "./model.ts";
import { resolveMatchingGrants } from "./scope.ts";
import { callOf, constraintOf, grantOf, scopeOf } from "./testing/capabilities.ts";

const FULL = { mode: "full", compile: compileNative } as const;
const PORTABLE = { mode: "portable", compile: compileNative } as const;

function matched(scope: Scope, options: typeof FULL | typeof PORTABLE = FULL): unknown {
  const match = resolveMatchingGrants(scope, callOf({ arguments: { path: "/w/a" } }), options);
  return match.kind === "matched" ? match.grants.map(({ index }) => index) : match;
}

const INSIDE = constraintOf("path_prefix", "/w");
const OUTSIDE = constraintOf("path_prefix", "/etc");
const UNKNOWN = constraintOf("unheard_of");
const APPROVAL = constraintOf("require_approval_above", { threshold_units: 5 });

describe("matching a scope", () => {
  it.each<readonly [string, Partial<ToolGrant>, boolean]>([
    ["the same names", {}, true],
    ["any server", { serverId: "*" }, true],
    ["any tool", { toolName: "*" }, true],
    ["anything", { serverId: "*", toolName: "*" }, true],
    ["another server", { serverId: "other" }, false],
    ["another tool", { toolName: "other" }, false],
    ["another case", { toolName: "Tool" }, false],
    ["a prefix", { toolName: "too*" }, false],
    ["a prefix of a server", { serverId: "s*" }, false],
    ["no operation", { operations: [] }, false],
    ["other operations", { operations: ["read", "delegate"] }, false],
    ["invoke among others", { operations: ["delegate", "invoke"] }, true],
    ["a constraint that holds", { constraints: [INSIDE] }, true],
    ["a constraint that fails", { constraints: [INSIDE, OUTSIDE] }, false],
  ])("a grant of %s", (_, grant, fits) => {
    expect(matched(scopeOf(grantOf(grant)))).toEqual(fits ? [0] : { kind: "none" });
  });

  it("finds nothing in an empty scope", () => {
    expect(matched(scopeOf())).toEqual({ kind: "none" });
  });

  it("puts the exact server first, then the exact tool, then more constraints, then the first", () => {
    const any = { serverId: "*", toolName: "*" };
    const scope = scopeOf(
      grantOf(any),
      grantOf({ ...any, constraints: [INSIDE] }),
      grantOf({ serverId: "*", constraints: [INSIDE, INSIDE] }),
      grantOf({ toolName: "*" }),
      grantOf(),
      grantOf({ constraints: [INSIDE] }),
      grantOf(),
      grantOf({ toolName: "*", constraints: [INSIDE, INSIDE, INSIDE] }),
    );
    expect(matched(scope)).toEqual([5, 4, 6, 7, 3, 2, 1, 0]);
  });

  it("fails whole where a grant for this call holds what cannot be evaluated", () => {
    const error = {
      kind: "constraint-error",
      index: 1,
      detail: "constraint unheard_of cannot be evaluated",
    };
    expect(matched(scopeOf(grantOf(), grantOf({ constraints: [UNKNOWN] })))).toEqual(error);
    expect(matched(scopeOf(grantOf(), grantOf({ constraints: [OUTSIDE, UNKNOWN] })))).toEqual(
      error,
    );
    expect(
      matched(scopeOf(grantOf(), grantOf({ constraints: [APPROVAL, INSIDE] })), PORTABLE),
    ).toEqual({ ...error, detail: "constraint require_approval_above cannot be evaluated" });
  });

  it.each<Partial<ToolGrant>>([
    { serverId: "other" },
    { toolName: "other" },
    { operations: ["read"] },
  ])("does not look at the constraints of a grant with %j", (other) => {
    expect(matched(scopeOf(grantOf({ ...other, constraints: [UNKNOWN] }), grantOf()))).toEqual([1]);
  });

  it("lists what nobody can check", () => {
    const scope = scopeOf(grantOf({ constraints: [INSIDE, APPROVAL] }), grantOf());
    const match = resolveMatchingGrants(scope, callOf({ arguments: { path: "/w" } }), FULL);
    expect(match).toMatchObject({
      kind: "matched",
      grants: [
        { index: 0, grant: scope.grants[0], unchecked: [APPROVAL] },
        { index: 1, grant: scope.grants[1], unchecked: [] },
      ],
    });
  });

  it("gives the model to the constraints", () => {
    const scope = scopeOf(
      grantOf({ constraints: [constraintOf("model_constraint", { allowed_model_ids: ["m"] })] }),
    );
    const call = callOf({ model: { modelId: "m", safetyTier: null } });
    expect(resolveMatchingGrants(scope, call, FULL).kind).toBe("matched");
    expect(resolveMatchingGrants(scope, callOf(), FULL).kind).toBe("none");
  });
});

describe("comparing grants", () => {
  it("shows every part of every grant, also where the target does not fit", () => {
    const scope = scopeOf(
      grantOf({ serverId: "other", constraints: [INSIDE, OUTSIDE, UNKNOWN, APPROVAL] }),
      grantOf({ toolName: "other", operations: ["read"] }),
    );
    const rows = compareGrants(scope, callOf({ arguments: { path: "/w/a" } }), FULL);
    expect(rows).toMatchObject([
      {
        index: 0,
        grant: scope.grants[0],
        target: { server: false, tool: true, operation: true },
        constraints: [
          { constraint: INSIDE, outcome: { kind: "holds" } },
          { constraint: OUTSIDE, outcome: { kind: "fails" } },
          { constraint: UNKNOWN, outcome: { kind: "error" } },
          { constraint: APPROVAL, outcome: { kind: "unchecked" } },
        ],
      },
      { index: 1, target: { server: true, tool: false, operation: false }, constraints: [] },
    ]);
  });
});
