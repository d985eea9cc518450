import { describe, expect, it } from "vitest";
import { DEFAULT_DATA_FLOW } from "../guards/data-flow.ts";
import { DEFAULT_EGRESS_ALLOWLIST } from "../guards/egress-allowlist.ts";
import { DEFAULT_FORBIDDEN_PATH } from "../guards/forbidden-path.ts";
import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import { DEFAULT_PATCH_INTEGRITY } from "../guards/patch-integrity.ts";
import { DEFAULT_SECRET_LEAK } from "../guards/secret-leak.ts";
import { DEFAULT_SHELL_COMMAND } from "../guards/shell-command.ts";
import type { JsonObject } from "../json/value.ts";
import { NO_GUARDS, USUAL_AGENT_VELOCITY, USUAL_VELOCITY } from "./defaults.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

const guardsOf = (guards: JsonObject) => compiled({ guards }).guards;

describe("chio.yaml without a section", () => {
  it("has every guard off and issues nothing", () => {
    expect(compiled({})).toEqual({
      kernel: { maxCapabilityTtl: null, delegationDepthLimit: 5, checkpointBatchSize: 100 },
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
