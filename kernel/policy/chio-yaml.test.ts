import { describe, expect, it } from "vitest";
import { DEFAULT_DATA_FLOW } from "../guards/data-flow.ts";
import { DEFAULT_EGRESS_ALLOWLIST } from "../guards/egress-allowlist.ts";
import { DEFAULT_FORBIDDEN_PATH } from "../guards/forbidden-path.ts";
import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import { DEFAULT_PATCH_INTEGRITY } from "../guards/patch-integrity.ts";
import { DEFAULT_SECRET_LEAK } from "../guards/secret-leak.ts";
import { DEFAULT_SHELL_COMMAND } from "../guards/shell-command.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { DEFAULT_OUTPUT, NO_GUARDS, USUAL_AGENT_VELOCITY, USUAL_VELOCITY } from "./defaults.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

const guardsOf = (guards: JsonObject) => compiled({ guards }).guards;

describe("chio.yaml without a section", () => {
  it("has every guard off and issues nothing", () => {
    expect(compiled({})).toEqual({
      kernel: { maxCapabilityTtl: 3600n, delegationDepthLimit: 5, checkpointBatchSize: 100 },
      guards: NO_GUARDS,
      rewrites: [],
      output: null,
      defaultScope: { grants: [] },
      defaultTtl: 300n,
    });
    expect(Object.values(NO_GUARDS).every((guard) => guard === null)).toBe(true);
  });
});

describe("kernel", () => {
  it("is read in full", () => {
    const kernel = {
      max_capability_ttl: 60,
      delegation_depth_limit: 0,
      checkpoint_batch_size: 1,
      allow_sampling: true,
      allow_sampling_tool_use: false,
      allow_elicitation: true,
      require_web3_evidence: false,
    };
    expect(compiled({ kernel })).toMatchObject({
      kernel: { maxCapabilityTtl: 60n, delegationDepthLimit: 0, checkpointBatchSize: 1 },
      defaultTtl: 60n,
    });
  });

  it("refuses what cannot be", () => {
    const kernel = {
      max_capability_ttl: 0,
      delegation_depth_limit: 2 ** 32,
      checkpoint_batch_size: 0,
      allow_sampling: "yes",
      require_web3_evidence: true,
    };
    expect(problemsOf({ kernel })).toEqual([
      { pointer: "/kernel/allow_sampling", kind: "wrong-type", detail: "expected true or false" },
      {
        pointer: "/kernel/require_web3_evidence",
        kind: "unenforceable",
        detail: "is not checked by this kernel",
      },
      {
        pointer: "/kernel/max_capability_ttl",
        kind: "out-of-range",
        detail: "must be from 1 to 18446744073709551615",
      },
      {
        pointer: "/kernel/delegation_depth_limit",
        kind: "out-of-range",
        detail: "must be from 0 to 4294967295",
      },
      {
        pointer: "/kernel/checkpoint_batch_size",
        kind: "out-of-range",
        detail: "must be from 1 to 4294967295",
      },
    ]);
    expect(compiled({ kernel: { max_capability_ttl: 1 } }).kernel.maxCapabilityTtl).toBe(1n);
    expect(
      compiled({ kernel: { delegation_depth_limit: 2 ** 32 - 1 } }).kernel.delegationDepthLimit,
    ).toBe(2 ** 32 - 1);
  });
});

describe("a guard's section", () => {
  const empty: JsonObject = {
    forbidden_path: {},
    path_allowlist: {},
    shell_command: {},
    egress_allowlist: {},
    tool_access: {},
    secret_patterns: {},
    patch_integrity: {},
    internal_network: {},
    velocity: {},
    agent_velocity: {},
    data_flow: {},
  };

  it("that is empty turns it on with its defaults written out", () => {
    expect(guardsOf(empty)).toEqual({
      forbiddenPath: { patterns: DEFAULT_FORBIDDEN_PATH.patterns, exceptions: [] },
      pathAllowlist: { read: [], write: [], patch: [] },
      shellCommand: DEFAULT_SHELL_COMMAND,
      egressAllowlist: DEFAULT_EGRESS_ALLOWLIST,
      mcpTool: {
        allow: [],
        block: ["shell_exec", "run_command", "raw_file_write", "raw_file_delete"],
        defaultAction: "allow",
        maxArgsSize: 1_048_576n,
      },
      secretLeak: DEFAULT_SECRET_LEAK,
      patchIntegrity: DEFAULT_PATCH_INTEGRITY,
      velocity: USUAL_VELOCITY,
      agentVelocity: USUAL_AGENT_VELOCITY,
      internalNetwork: DEFAULT_INTERNAL_NETWORK,
      dataFlow: DEFAULT_DATA_FLOW,
    });
  });

  it.each(Object.keys(empty))("%s is off where it says so, and read all the same", (name) => {
    expect(guardsOf({ [name]: { enabled: false } })).toEqual(NO_GUARDS);
    expect(guardsOf({ [name]: { enabled: true } })).not.toEqual(NO_GUARDS);
    expect(problemsOf({ guards: { [name]: { enabled: false, surprise: 1 } } })).toEqual([
      { pointer: `/guards/${name}/surprise`, kind: "unknown-key", detail: "is not known" },
    ]);
    expect(problemsOf({ guards: { [name]: { enabled: "no" } } })).toEqual([
      {
        pointer: `/guards/${name}/enabled`,
        kind: "wrong-type",
        detail: "expected true or false",
      },
    ]);
    for (const value of [null, [], "on", true]) {
      expect(problemsOf({ guards: { [name]: value } })).toEqual([
        { pointer: `/guards/${name}`, kind: "wrong-type", detail: "expected an object" },
      ]);
    }
  });

  it("is read member by member", () => {
    expect(
      guardsOf({
        forbidden_path: { patterns: ["a"], additional_patterns: ["b"], exceptions: ["c"] },
        path_allowlist: { read: ["r"], write: ["w"], patch: ["p"] },
        shell_command: { forbidden_patterns: ["s"] },
        egress_allowlist: { allowed_domains: ["d"], blocked_domains: ["e"] },
        tool_access: { allow: ["t"], block: ["u"], default_action: "block", max_args_size: 9 },
        secret_patterns: { skip_paths: ["k"] },
        patch_integrity: {
          max_additions: 1,
          max_deletions: 2,
          forbidden_patterns: ["f"],
          require_balance: true,
          max_imbalance_ratio: 1.5,
        },
        internal_network: { extra_blocked_hosts: ["h"], dns_rebinding_detection: false },
        velocity: {
          max_invocations_per_window: null,
          max_spend_per_window: 5,
          window_secs: 1,
          burst_factor: 0,
        },
        agent_velocity: {
          max_requests_per_agent: 6,
          max_requests_per_session: 7,
          window_secs: 8,
          burst_factor: 2.5,
        },
        data_flow: {
          max_bytes_read: 1,
          max_bytes_written: 2,
          max_bytes_total: 3,
          forbidden_transitions: [{ from: "outbound-write", to: "secret-read" }],
        },
      }),
    ).toEqual({
      forbiddenPath: { patterns: ["a", "b"], exceptions: ["c"] },
      pathAllowlist: { read: ["r"], write: ["w"], patch: ["p"] },
      shellCommand: { forbiddenPatterns: ["s"] },
      egressAllowlist: { allow: ["d"], block: ["e"] },
      mcpTool: { allow: ["t"], block: ["u"], defaultAction: "block", maxArgsSize: 9n },
      secretLeak: { patterns: DEFAULT_SECRET_LEAK.patterns, skipPaths: ["k"] },
      patchIntegrity: {
        maxAdditions: 1n,
        maxDeletions: 2n,
        forbiddenPatterns: ["f"],
        requireBalance: true,
        maxImbalanceRatio: 1.5,
      },
      internalNetwork: { extraBlockedHosts: ["h"], dnsRebindingDetection: false },
      velocity: {
        maxInvocationsPerWindow: null,
        maxSpendPerWindow: 5n,
        windowSeconds: 1n,
        burstFactor: 0,
      },
      agentVelocity: {
        maxRequestsPerAgent: 6n,
        maxRequestsPerSession: 7n,
        windowSeconds: 8n,
        burstFactor: 2.5,
      },
      dataFlow: {
        maxBytesRead: 1n,
        maxBytesWritten: 2n,
        maxBytesTotal: 3n,
        forbiddenTransitions: [{ from: "outbound-write", to: "secret-read" }],
      },
    });
  });

  it("with an empty list means the built-in one, and keeps what stands beside it", () => {
    const built = DEFAULT_FORBIDDEN_PATH.patterns;
    expect(
      guardsOf({
        forbidden_path: { patterns: [], additional_patterns: ["b"], exceptions: ["c"] },
        shell_command: { forbidden_patterns: [] },
        secret_patterns: { skip_paths: [] },
        patch_integrity: { forbidden_patterns: [] },
        egress_allowlist: { allowed_domains: [], blocked_domains: [] },
      }),
    ).toMatchObject({
      forbiddenPath: { patterns: [...built, "b"], exceptions: ["c"] },
      shellCommand: DEFAULT_SHELL_COMMAND,
      secretLeak: DEFAULT_SECRET_LEAK,
      patchIntegrity: DEFAULT_PATCH_INTEGRITY,
      egressAllowlist: DEFAULT_EGRESS_ALLOWLIST,
    });
  });

  it("for egress with one empty list means what it says", () => {
    expect(guardsOf({ egress_allowlist: { allowed_domains: ["a"] } }).egressAllowlist).toEqual({
      allow: ["a"],
      block: [],
    });
    expect(guardsOf({ egress_allowlist: { blocked_domains: ["b"] } }).egressAllowlist).toEqual({
      allow: [],
      block: ["b"],
    });
  });

  it("for tools blocks what is built in, but for what is allowed by name", () => {
    expect(guardsOf({ tool_access: { allow: ["run_command"] } }).mcpTool?.block).toEqual([
      "shell_exec",
      "raw_file_write",
      "raw_file_delete",
    ]);
  });

  it("for data flow names known classes of calls alone", () => {
    const transition = (members: JsonObject) =>
      problemsOf({ guards: { data_flow: { forbidden_transitions: [members] } } });
    const pointer = "/guards/data_flow/forbidden_transitions/0";
    expect(transition({ from: "secret-read", to: "outbound-write" })).toEqual([]);
    expect(transition({ from: "read", to: "write", after: 1 })).toMatchObject([
      { pointer: `${pointer}/from`, kind: "wrong-type" },
      { pointer: `${pointer}/to`, kind: "wrong-type" },
      { pointer: `${pointer}/after`, kind: "unknown-key" },
    ]);
  });

  it("for data flow may forbid no transition", () => {
    const { dataFlow } = guardsOf({ data_flow: { forbidden_transitions: [] } });
    expect(dataFlow?.forbiddenTransitions).toEqual([]);
  });
});

describe("a section of another type or range", () => {
  it.each<[string, JsonValue, string, string]>([
    ["forbidden_path/patterns", "a", "wrong-type", "expected a list of texts"],
    ["forbidden_path/patterns", [1], "wrong-type", "expected a list of texts"],
    ["forbidden_path/exceptions", null, "wrong-type", "expected a list of texts"],
    ["tool_access/default_action", "deny", "wrong-type", "expected one of allow, block"],
    ["tool_access/max_args_size", -1, "wrong-type", "expected an integer from 0"],
    ["tool_access/max_args_size", 1.5, "wrong-type", "expected an integer from 0"],
    ["tool_access/max_args_size", "1", "wrong-type", "expected an integer from 0"],
    ["patch_integrity/max_additions", 2n ** 64n, "wrong-type", "expected an integer from 0"],
    ["patch_integrity/max_imbalance_ratio", -0.1, "wrong-type", "expected a number from 0"],
    ["patch_integrity/max_imbalance_ratio", Infinity, "wrong-type", "expected a number from 0"],
    ["patch_integrity/max_imbalance_ratio", "3", "wrong-type", "expected a number from 0"],
    ["velocity/window_secs", 0, "out-of-range", "must be from 1 to 18446744073709551615"],
    ["agent_velocity/window_secs", 0, "out-of-range", "must be from 1 to 18446744073709551615"],
    ["velocity/max_spend_per_window", "5", "wrong-type", "expected an integer from 0"],
    ["data_flow/forbidden_transitions", {}, "wrong-type", "expected a list"],
  ])("%s is refused", (place, value, kind, detail) => {
    const [section = "", name = ""] = place.split("/");
    expect(problemsOf({ guards: { [section]: { [name]: value } } })).toEqual([
      { pointer: `/guards/${place}`, kind, detail },
    ]);
  });

  it.each([
    "sql_query",
    "vector_db",
    "warehouse_cost",
    "query_result",
    "content_review",
    "cloud_guardrails",
    "threat_intel",
  ])("%s cannot be enforced", (name) => {
    const refused = {
      pointer: `/guards/${name}`,
      kind: "unenforceable",
      detail: "is not enforced by this kernel: leave it out, or say enabled: false",
    };
    expect(problemsOf({ guards: { [name]: {} } })).toEqual([refused]);
    expect(problemsOf({ guards: { [name]: { enabled: true, anything: 1 } } })).toEqual([refused]);
    expect(guardsOf({ [name]: { enabled: false, anything: 1 } })).toEqual(NO_GUARDS);
    expect(problemsOf({ guards: { [name]: null } })).toContainEqual(refused);
  });

  it("all problems are told at once, with pointers that are escaped", () => {
    const document = {
      "a/b~c": 1,
      kernel: { unknown: 1 },
      guards: { magic: {}, velocity: { burst_factor: "x" } },
      capabilities: { other: {}, default: { more: [] } },
    };
    expect(problemsOf(document).map(({ pointer, kind }) => [pointer, kind])).toEqual([
      ["/kernel/unknown", "unknown-key"],
      ["/guards/velocity/burst_factor", "wrong-type"],
      ["/guards/magic", "unknown-key"],
      ["/capabilities/default/more", "unknown-key"],
      ["/capabilities/other", "unknown-key"],
      ["/a~1b~0c", "unknown-key"],
    ]);
  });

  it("the whole document may be no object", () => {
    for (const document of [null, [], "policy", 1, [{ hushspec: "0.1.0" }]]) {
      expect(problemsOf(document)).toEqual([
        { pointer: "", kind: "wrong-type", detail: "expected an object" },
      ]);
    }
  });

  it("members of the prototype are members like any other", () => {
    const document = Object.fromEntries([["__proto__", { guards: {} }]]);
    expect(problemsOf(document)).toEqual([
      { pointer: "/__proto__", kind: "unknown-key", detail: "is not known" },
    ]);
    expect(problemsOf({ guards: { toString: 1 } })).toHaveLength(1);
  });
});

describe("the scope of capabilities under the policy", () => {
  const access = (members: JsonObject) => ({ guards: { tool_access: members } });

  it("is what the policy lists", () => {
    const policy = compiled({
      capabilities: {
        default: {
          tools: [
            { server: "s", tool: "t" },
            { server: "*", tool: "u", operations: ["invoke", "delegate"], ttl: 20 },
          ],
          resources: [{ uri: "file://*", ttl: 30 }],
          prompts: [{ prompt: "p", operations: ["get"], ttl: 40 }],
        },
      },
    });
    expect(policy.defaultScope).toEqual({
      grants: [
        { server_id: "s", tool_name: "t", operations: ["invoke"] },
        { server_id: "*", tool_name: "u", operations: ["invoke", "delegate"] },
      ],
      resource_grants: [{ uri_pattern: "file://*", operations: ["read"] }],
      prompt_grants: [{ prompt_name: "p", operations: ["get"] }],
    });
    expect(policy.defaultTtl).toBe(20n);
  });

  it("is not made of the allowed tools where one is listed", () => {
    const policy = compiled({
      guards: { tool_access: { allow: ["a", "b"] } },
      capabilities: { default: { tools: [{ server: "s", tool: "t" }] } },
    });
    expect(policy.defaultScope).toEqual({
      grants: [{ server_id: "s", tool_name: "t", operations: ["invoke"] }],
    });
  });

  it("lives as long as its shortest entry, within the policy's bound", () => {
    const life = (ttl: JsonObject, max: number) =>
      compiled({
        kernel: { max_capability_ttl: max },
        capabilities: { default: { tools: [{ server: "s", tool: "t", ...ttl }] } },
      }).defaultTtl;
    expect(life({}, 3600)).toBe(300n);
    expect(life({}, 299)).toBe(299n);
    expect(life({ ttl: 900 }, 900)).toBe(900n);
    expect(life({ ttl: 1 }, 900)).toBe(1n);
    const tooLong = {
      kernel: { max_capability_ttl: 899 },
      capabilities: { default: { resources: [{ uri: "u", ttl: 900 }] } },
    };
    expect(problemsOf(tooLong)).toEqual([
      {
        pointer: "/capabilities/default/resources/0/ttl",
        kind: "out-of-range",
        detail: "must be from 1 to 899",
      },
    ]);
  });

  it("is made of the allowed tools where none are listed", () => {
    expect(compiled(access({ allow: ["a", "b"], max_args_size: 7 })).defaultScope).toEqual({
      grants: ["a", "b"].map((tool_name) => ({
        server_id: "*",
        tool_name,
        operations: ["invoke"],
        constraints: [{ type: "max_args_size", value: 7 }],
      })),
    });
    expect(compiled(access({})).defaultScope).toEqual({ grants: [] });
  });

  it("needs an approval for the tools that are to be confirmed", () => {
    const approval = { type: "require_approval_above", value: { threshold_units: 0 } };
    const { defaultScope } = compiled({
      guards: { tool_access: { require_confirmation: ["write_*"] } },
      capabilities: {
        default: {
          tools: [
            { server: "s", tool: "write_file" },
            { server: "s", tool: "read_file" },
            { server: "s", tool: "*" },
          ],
        },
      },
    });
    const grant = { server_id: "s", operations: ["invoke"] };
    expect(defaultScope).toEqual({
      grants: [
        { ...grant, tool_name: "write_file", constraints: [approval] },
        { ...grant, tool_name: "read_file" },
        { ...grant, tool_name: "*", constraints: [approval] },
      ],
    });
  });

  it.each<[JsonObject, string, string]>([
    [{ tools: [{ tool: "t" }] }, "/tools/0/server", "wrong-type"],
    [{ tools: [{ server: "s" }] }, "/tools/0/tool", "wrong-type"],
    [{ tools: [{ server: "", tool: "t" }] }, "/tools/0/server", "out-of-range"],
    [{ tools: [{ server: 1, tool: "t" }] }, "/tools/0/server", "wrong-type"],
    [{ tools: ["t"] }, "/tools/0", "wrong-type"],
    [
      { tools: [{ server: "s", tool: "t", operations: ["Invoke"] }] },
      "/tools/0/operations",
      "wrong-type",
    ],
    [
      { tools: [{ server: "s", tool: "t", operations: "invoke" }] },
      "/tools/0/operations",
      "wrong-type",
    ],
    [{ tools: [{ server: "s", tool: "t", cost: 1 }] }, "/tools/0/cost", "unknown-key"],
    [{ resources: [{}] }, "/resources/0/uri", "wrong-type"],
    [{ prompts: [{ prompt: "p", ttl: 0 }] }, "/prompts/0/ttl", "out-of-range"],
  ])("%j is refused", (entry, pointer, kind) => {
    expect(problemsOf({ capabilities: { default: entry } })).toContainEqual(
      expect.objectContaining({ pointer: `/capabilities/default${pointer}`, kind }),
    );
  });
});

describe("rewrites and output", () => {
  it("are read in their order", () => {
    const rewrites = [
      { kind: "redact", action: "drop", detect: ["ssn", "email"], names: ["token"] },
      { kind: "redact" },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "limit", maximum: 10 },
      { kind: "clamp-number", name: "limit", minimum: -1.5, maximum: null },
    ];
    expect(compiled({ rewrites }).rewrites).toEqual([
      { kind: "redact", action: "drop", detect: ["ssn", "email"], names: ["token"] },
      { kind: "redact", action: "mask", detect: [], names: [] },
      { kind: "normalize-url", names: ["url"] },
      { kind: "clamp-number", name: "limit", minimum: null, maximum: 10 },
      { kind: "clamp-number", name: "limit", minimum: -1.5, maximum: null },
    ]);
  });

  it.each<[JsonValue, string, string]>([
    [{}, "/rewrites/0/kind", "wrong-type"],
    [{ kind: "encrypt" }, "/rewrites/0/kind", "out-of-range"],
    [{ kind: "redact", detect: ["phone"] }, "/rewrites/0/detect", "wrong-type"],
    [{ kind: "redact", action: "hide" }, "/rewrites/0/action", "wrong-type"],
    [{ kind: "redact", minimum: 1 }, "/rewrites/0/minimum", "unknown-key"],
    [{ kind: "normalize-url", detect: [] }, "/rewrites/0/detect", "unknown-key"],
    [{ kind: "clamp-number", maximum: 1 }, "/rewrites/0/name", "wrong-type"],
    [{ kind: "clamp-number", name: "n", maximum: "1" }, "/rewrites/0/maximum", "wrong-type"],
    [{ kind: "clamp-number", name: "n", maximum: NaN }, "/rewrites/0/maximum", "wrong-type"],
  ])("%j is refused", (rewrite, pointer, kind) => {
    expect(problemsOf({ rewrites: [rewrite] })).toContainEqual(
      expect.objectContaining({ pointer, kind }),
    );
  });

  it("search results for secrets where arguments are searched, or as the policy says", () => {
    const secrets = { guards: { secret_patterns: {} } };
    expect(compiled(secrets).output).toEqual(DEFAULT_OUTPUT);
    expect(compiled({ ...secrets, output: { enabled: false } }).output).toBeNull();
    expect(compiled({ output: {} }).output).toEqual(DEFAULT_OUTPUT);
    const output = { action: "block", detect: ["email"], names: ["secret"] };
    expect(compiled({ ...secrets, output }).output).toEqual(output);
    expect(problemsOf({ output: { action: "deny", more: 1 } })).toEqual([
      {
        pointer: "/output/action",
        kind: "wrong-type",
        detail: "expected one of redact, block",
      },
      { pointer: "/output/more", kind: "unknown-key", detail: "is not known" },
    ]);
  });
});
