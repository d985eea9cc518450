import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { compileNative } from "../testing/native-regex.ts";
import { defaultPolicy } from "./defaults.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { policyJson } from "./hash.ts";
import { loadPolicy } from "./load.ts";
import { fullPolicy } from "./testing/full-policy.ts";

const load = (policy: EffectivePolicy) => loadPolicy(policy, compileNative, purePrimitives);

describe("the default policy", () => {
  it("has every guard on but the one that needs a list", () => {
    const { guards } = defaultPolicy();
    const off = Object.entries(guards).filter(([, config]) => config === null);
    expect(off.map(([name]) => name)).toEqual(["pathAllowlist"]);
    expect(Object.keys(guards)).toHaveLength(11);
    expect(guards.velocity).toEqual({
      maxInvocationsPerWindow: 100n,
      maxSpendPerWindow: null,
      windowSeconds: 60n,
      burstFactor: 1,
    });
    expect(guards.agentVelocity).toMatchObject({
      maxRequestsPerAgent: 500n,
      maxRequestsPerSession: null,
      windowSeconds: 60n,
    });
    expect(guards.dataFlow?.forbiddenTransitions).toEqual([
      { from: "secret-read", to: "outbound-write" },
    ]);
    expect(defaultPolicy()).toMatchObject({
      kernel: { maxCapabilityTtl: null, delegationDepthLimit: 5, checkpointBatchSize: 100 },
      rewrites: [],
      output: { action: "redact", detect: ["secret"], names: [] },
      defaultScope: { grants: [] },
      defaultTtl: 300n,
    });
  });

  it("loads, with the guards in their order", () => {
    const loaded = load(defaultPolicy());
    expect(loaded.ok && loaded.value.guards.map(({ name }) => name)).toEqual([
      "forbidden-path",
      // Holds sessions to their roots, also without a list.
      "path-allowlist",
      "shell-command",
      "egress-allowlist",
      "mcp-tool",
      "secret-leak",
      "patch-integrity",
      "velocity",
      "agent-velocity",
      "internal-network",
      "data-flow",
    ]);
  });
});

describe("loading", () => {
  it("makes guards and rewriters and names the policy by its hash", () => {
    const policy = fullPolicy();
    const loaded = load(policy);
    expect(loaded).toMatchObject({
      ok: true,
      value: {
        effective: policy,
        hash: toHex(purePrimitives.sha256(utf8(canonicalize(policyJson(policy))))),
      },
    });
    expect(loaded.ok && loaded.value.guards).toHaveLength(11);
    expect(loaded.ok && loaded.value.rewriters.map(({ name }) => name)).toEqual([
      "redact",
      "normalize-url",
      "clamp-number",
    ]);
  });

  it("refuses patterns that are invalid, all at once", () => {
    const { guards, ...rest } = fullPolicy();
    const problems = load({
      ...rest,
      guards: {
        ...guards,
        forbiddenPath: { patterns: ["a**"], exceptions: [] },
        shellCommand: { forbiddenPatterns: ["("] },
      },
      rewrites: [{ kind: "clamp-number", name: "n", minimum: null, maximum: null }],
    });
    expect(!problems.ok && problems.error).toMatchObject([
      { pointer: "/guards/forbidden-path", kind: "invalid-pattern" },
      { pointer: "/guards/shell-command", kind: "invalid-pattern" },
      {
        pointer: "/rewrites",
        kind: "invalid-pattern",
        detail: "rewrite 0 (clamp-number): neither a minimum nor a maximum",
      },
    ]);
    expect(!problems.ok && problems.error.every(({ detail }) => detail.length > 0)).toBe(true);
  });

  it("refuses a policy for its guards alone, and for its rewrites alone", () => {
    const policy = fullPolicy();
    const shellCommand = { forbiddenPatterns: ["("] };
    const byGuard = load({ ...policy, guards: { ...policy.guards, shellCommand } });
    expect(!byGuard.ok && byGuard.error.map(({ pointer }) => pointer)).toEqual([
      "/guards/shell-command",
    ]);
    const rewrites = [{ kind: "clamp-number", name: "n", minimum: 2, maximum: 1 }] as const;
    const byRewrite = load({ ...policy, rewrites });
    expect(!byRewrite.ok && byRewrite.error.map(({ pointer }) => pointer)).toEqual(["/rewrites"]);
  });
});
