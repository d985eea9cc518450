import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex, utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import { compileNative } from "../testing/native-regex.ts";
import { hashHex } from "../texts.ts";
import { defaultPolicy } from "./defaults.ts";
import type { EffectivePolicy } from "./effective-policy.ts";
import { policyHash, policyJson } from "./hash.ts";
import { loadPolicy } from "./load.ts";
import { compiled } from "./testing/compiled.ts";

const load = (policy: EffectivePolicy) => loadPolicy(policy, compileNative, purePrimitives);
const hashOf = (policy: EffectivePolicy) => policyHash(policy, purePrimitives);

/** A policy in which every guard is on and every kind of rewrite stands. */
const full = (): EffectivePolicy => ({
  ...defaultPolicy(),
  ...compiled({
    kernel: { max_capability_ttl: 60 },
    guards: {
      forbidden_path: { exceptions: ["/a"] },
      path_allowlist: { read: ["/r"], write: ["/w"], patch: ["/p"] },
      shell_command: {},
      egress_allowlist: { allowed_domains: ["a.example"], blocked_domains: ["b.example"] },
      tool_access: { allow: ["t"], require_confirmation: ["t"] },
      secret_patterns: {},
      patch_integrity: {},
      internal_network: { extra_blocked_hosts: ["h"] },
      velocity: { max_spend_per_window: 5 },
      agent_velocity: { max_requests_per_session: 5 },
      data_flow: { max_bytes_total: 7 },
    },
    rewrites: [
      { kind: "redact", detect: ["email"], names: ["token"] },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "n", minimum: 0.5, maximum: 10 },
    ],
    output: { names: ["secret"] },
  }),
});

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
    const policy = full();
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
    const { guards, ...rest } = full();
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
    const policy = full();
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

/** Every value of a policy that has no parts, with its way. */
function leavesOf(value: JsonValue, way: readonly string[] = []): (readonly string[])[] {
  if (isArray(value)) {
    return value.flatMap((element, index) => leavesOf(element, [...way, `${index}`]));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...way, name]))
    : [way];
}

function replaced(value: JsonValue, way: readonly string[], leaf: JsonValue): JsonValue {
  const [next, ...rest] = way;
  if (next === undefined) {
    return leaf;
  }
  if (isArray(value)) {
    return value.map((part, index) => (`${index}` === next ? replaced(part, rest, leaf) : part));
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          name === next ? replaced(part, rest, leaf) : part,
        ]),
      )
    : value;
}

function reordered(value: JsonValue): JsonValue {
  if (isArray(value)) {
    return value.map(reordered);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, part]) => [name, reordered(part)]),
      )
    : value;
}

const jsonHash = (value: JsonValue) => hashHex(canonicalize(value), purePrimitives);

describe("the hash of a policy", () => {
  it("is over its JSON value, lists as lists", () => {
    const policy = full();
    expect(policyJson(policy)).toEqual(policy);
    expect(policyJson(policy)).toHaveProperty(["guards", "forbiddenPath", "exceptions"], ["/a"]);
  });

  it("does not see the order of members, nor how a default was written", () => {
    const json = policyJson(full());
    expect(jsonHash(json)).toBe(hashOf(full()));
    expect(jsonHash(reordered(json))).toBe(hashOf(full()));
    expect(hashOf(compiled({ guards: { velocity: {} } }))).toBe(
      hashOf(
        compiled({
          kernel: { delegation_depth_limit: 5, max_capability_ttl: 3600n },
          guards: {
            velocity: { window_secs: 60, max_invocations_per_window: 100, enabled: true },
            forbidden_path: { enabled: false },
          },
        }),
      ),
    );
  });

  it("changes with every single leaf", () => {
    const policy = full();
    const json = policyJson(policy);
    const leaves = leavesOf(json);
    expect(leaves.length).toBeGreaterThan(100);
    const hashes = new Set(
      leaves.map((way) => jsonHash(replaced(json, way, `changed ${way.join("/")}`))),
    );
    expect(hashes.size).toBe(leaves.length);
    expect(hashes.has(hashOf(policy))).toBe(false);
  });

  it("changes with whatever stands in a leaf", () => {
    const json = policyJson(full());
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.constantFrom(...leavesOf(json)), leaf, (way, value) => {
        const changed = replaced(json, way, value);
        const isSame = canonicalize(changed) === canonicalize(json);
        expect(jsonHash(changed) === jsonHash(json)).toBe(isSame);
      }),
    );
  });

  it("tells a list from another order of it, since globs and rewrites run in order", () => {
    const policy = full();
    expect(hashOf({ ...policy, rewrites: [...policy.rewrites].reverse() })).not.toBe(
      hashOf(policy),
    );
  });

  it("is of JSON values alone", () => {
    const broken = Object.assign(defaultPolicy(), { rewrites: undefined });
    expect(() => hashOf(broken)).toThrow("An effective policy has no undefined.");
  });

  it("tells every switch of a document apart", () => {
    const documents: JsonValue[] = [
      {},
      { guards: { forbidden_path: {} } },
      { guards: { forbidden_path: { exceptions: ["a"] } } },
      { guards: { path_allowlist: {} } },
      { guards: { velocity: {} } },
      { guards: { velocity: { burst_factor: 2 } } },
      { guards: { internal_network: {} } },
      { guards: { internal_network: { dns_rebinding_detection: false } } },
      { guards: { secret_patterns: {} } },
      { guards: { secret_patterns: {} }, output: { enabled: false } },
      { guards: { tool_access: {} } },
      { guards: { tool_access: { default_action: "block" } } },
      { kernel: { delegation_depth_limit: 4 } },
      { kernel: { checkpoint_batch_size: 99 } },
      { hushspec: "0.1.0" },
      { hushspec: "0.1.0", rules: { human_in_loop: { approve_above: 1 } } },
    ];
    const hashes = documents.map((document) => hashOf(compiled(document)));
    expect(new Set(hashes).size).toBe(documents.length);
  });
});
