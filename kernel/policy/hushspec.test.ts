import { describe, expect, it } from "vitest";
import { DEFAULT_EGRESS_ALLOWLIST } from "../guards/egress-allowlist.ts";
import { DEFAULT_FORBIDDEN_PATH } from "../guards/forbidden-path.ts";
import { DEFAULT_INTERNAL_NETWORK } from "../guards/internal-network.ts";
import { DEFAULT_PATCH_INTEGRITY } from "../guards/patch-integrity.ts";
import { DEFAULT_SECRET_LEAK } from "../guards/secret-leak.ts";
import { DEFAULT_SHELL_COMMAND } from "../guards/shell-command.ts";
import type { JsonObject } from "../json/value.ts";
import { DEFAULT_OUTPUT, NO_GUARDS } from "./defaults.ts";
import { compiled, problemsOf } from "./testing/compiled.ts";

const spec = (members: JsonObject): JsonObject => ({ hushspec: "0.1.0", ...members });
const rules = (members: JsonObject): JsonObject => spec({ rules: members });
const guardsOf = (members: JsonObject) => compiled(rules(members)).guards;

const everyTool = { server_id: "*", tool_name: "*", operations: ["invoke"] };

describe("a HushSpec policy without rules", () => {
  it("has every guard off and a scope of every tool", () => {
    const empty = {
      kernel: { maxCapabilityTtl: null, delegationDepthLimit: 5, checkpointBatchSize: 100 },
      guards: NO_GUARDS,
      rewrites: [],
      output: null,
      defaultScope: { grants: [everyTool] },
      defaultTtl: 300n,
    };
    expect(compiled(spec({}))).toEqual(empty);
    const described = {
      name: "n",
      description: "d",
      merge_strategy: "merge",
      metadata: { author: "a", anything: [1] },
      rules: {},
      extensions: {},
    };
    expect(compiled(spec(described))).toEqual(empty);
  });

  it.each<[JsonObject, string, string]>([
    [{ hushspec: "0.2.0" }, "/hushspec", "out-of-range"],
    [{ hushspec: 1 }, "/hushspec", "wrong-type"],
    [{ hushspec: "0.1.0", name: 1 }, "/name", "wrong-type"],
    [{ hushspec: "0.1.0", description: [] }, "/description", "wrong-type"],
    [{ hushspec: "0.1.0", merge_strategy: "append" }, "/merge_strategy", "wrong-type"],
    [{ hushspec: "0.1.0", metadata: "m" }, "/metadata", "wrong-type"],
    [{ hushspec: "0.1.0", rules: null }, "/rules", "wrong-type"],
    [{ hushspec: "0.1.0", guards: {} }, "/guards", "unknown-key"],
    [{ hushspec: "0.1.0", rules: { egres: {} } }, "/rules/egres", "unknown-key"],
    [{ hushspec: "0.1.0", extensions: { other: {} } }, "/extensions/other", "unknown-key"],
  ])("%j is refused", (document, pointer, kind) => {
    expect(problemsOf(document)).toContainEqual(expect.objectContaining({ pointer, kind }));
  });
});

describe("a rule", () => {
  const empty: JsonObject = {
    forbidden_paths: {},
    path_allowlist: { enabled: true },
    egress: {},
    secret_patterns: {},
    patch_integrity: {},
    shell_commands: {},
    tool_access: {},
    velocity: {},
  };

  it("that is empty turns its guard on, with defaults and companions", () => {
    const none = { windowSeconds: 60n, burstFactor: 1 };
    expect(guardsOf(empty)).toEqual({
      forbiddenPath: { patterns: DEFAULT_FORBIDDEN_PATH.patterns, exceptions: [] },
      pathAllowlist: { read: [], write: [], patch: [] },
      shellCommand: DEFAULT_SHELL_COMMAND,
      egressAllowlist: DEFAULT_EGRESS_ALLOWLIST,
      internalNetwork: DEFAULT_INTERNAL_NETWORK,
      mcpTool: {
        allow: [],
        block: ["shell_exec", "run_command", "raw_file_write", "raw_file_delete"],
        defaultAction: "allow",
        maxArgsSize: 1_048_576n,
      },
      secretLeak: DEFAULT_SECRET_LEAK,
      patchIntegrity: DEFAULT_PATCH_INTEGRITY,
      velocity: { maxInvocationsPerWindow: null, maxSpendPerWindow: null, ...none },
      agentVelocity: { maxRequestsPerAgent: null, maxRequestsPerSession: null, ...none },
      dataFlow: null,
    });
    expect(compiled(rules(empty)).output).toEqual(DEFAULT_OUTPUT);
  });

  it.each(Object.keys(empty))("%s is off where it says so, and read all the same", (name) => {
    expect(guardsOf({ [name]: { enabled: false } })).toEqual(NO_GUARDS);
    expect(compiled(rules({ [name]: { enabled: false } })).output).toBeNull();
    expect(problemsOf(rules({ [name]: { enabled: false, surprise: 1 } }))).toEqual([
      { pointer: `/rules/${name}/surprise`, kind: "unknown-key", detail: "is not known" },
    ]);
  });

  it("on path allowlists is off unless it says otherwise", () => {
    expect(guardsOf({ path_allowlist: { read: ["a"] } }).pathAllowlist).toBeNull();
  });

  it("is read member by member", () => {
    expect(
      guardsOf({
        forbidden_paths: { patterns: ["a"], exceptions: ["b"] },
        path_allowlist: { enabled: true, read: ["r"], write: ["w"], patch: ["p"] },
        egress: { allow: ["d"], block: ["e"], default: "block" },
        secret_patterns: {
          patterns: [{ name: "n", pattern: "p", severity: "warn", description: "d" }],
          skip_paths: ["k"],
        },
        shell_commands: { forbidden_patterns: ["s"] },
        tool_access: { allow: ["t"], block: ["u"], default: "block", max_args_size: 9 },
        velocity: {
          max_invocations_per_window: 1,
          max_spend_per_window: 2,
          max_requests_per_agent: 3,
          max_requests_per_session: 4,
          window_secs: 5,
          burst_factor: 1.5,
        },
      }),
    ).toEqual({
      ...NO_GUARDS,
      forbiddenPath: { patterns: ["a"], exceptions: ["b"] },
      pathAllowlist: { read: ["r"], write: ["w"], patch: ["p"] },
      egressAllowlist: { allow: ["d"], block: ["e"] },
      internalNetwork: DEFAULT_INTERNAL_NETWORK,
      secretLeak: { patterns: [{ name: "n", pattern: "p" }], skipPaths: ["k"] },
      shellCommand: { forbiddenPatterns: ["s"] },
      mcpTool: { allow: ["t"], block: ["u"], defaultAction: "block", maxArgsSize: 9n },
      velocity: {
        maxInvocationsPerWindow: 1n,
        maxSpendPerWindow: 2n,
        windowSeconds: 5n,
        burstFactor: 1.5,
      },
      agentVelocity: {
        maxRequestsPerAgent: 3n,
        maxRequestsPerSession: 4n,
        windowSeconds: 5n,
        burstFactor: 1.5,
      },
    });
  });

  it("keeps exceptions beside the built-in patterns", () => {
    expect(
      guardsOf({ forbidden_paths: { patterns: [], exceptions: ["b"] } }).forbiddenPath,
    ).toEqual({
      patterns: DEFAULT_FORBIDDEN_PATH.patterns,
      exceptions: ["b"],
    });
  });

  it("on egress that allows by default allows every host that is not blocked", () => {
    expect(guardsOf({ egress: { default: "allow", block: ["b"] } })).toMatchObject({
      egressAllowlist: { allow: ["*"], block: ["b"] },
      internalNetwork: DEFAULT_INTERNAL_NETWORK,
    });
    expect(guardsOf({ egress: { default: "allow" } }).egressAllowlist).toEqual({
      allow: ["*"],
      block: [],
    });
  });

  it.each<[JsonObject, string, string]>([
    [
      { secret_patterns: { patterns: [{ name: "n" }] } },
      "/secret_patterns/patterns/0/pattern",
      "wrong-type",
    ],
    [
      { secret_patterns: { patterns: [{ pattern: "n" }] } },
      "/secret_patterns/patterns/0/name",
      "wrong-type",
    ],
    [
      { secret_patterns: { patterns: [{ name: "n", pattern: "p", severity: "high" }] } },
      "/secret_patterns/patterns/0/severity",
      "wrong-type",
    ],
    [
      { secret_patterns: { patterns: [{ name: "n", pattern: "p", flags: "i" }] } },
      "/secret_patterns/patterns/0/flags",
      "unknown-key",
    ],
    [{ egress: { default: "deny" } }, "/egress/default", "wrong-type"],
    [{ egress: { dns: true } }, "/egress/dns", "unknown-key"],
    [
      { tool_access: { require_workload_identity: {} } },
      "/tool_access/require_workload_identity",
      "unenforceable",
    ],
    [
      { tool_access: { prefer_workload_identity: {} } },
      "/tool_access/prefer_workload_identity",
      "unenforceable",
    ],
    [
      { tool_access: { prefer_runtime_assurance_tier: "basic" } },
      "/tool_access/prefer_runtime_assurance_tier",
      "unenforceable",
    ],
    [
      { tool_access: { require_runtime_assurance_tier: "gold" } },
      "/tool_access/require_runtime_assurance_tier",
      "wrong-type",
    ],
    [{ human_in_loop: { on_timeout: "allow" } }, "/human_in_loop/on_timeout", "unenforceable"],
    [{ human_in_loop: { approve_above: "1" } }, "/human_in_loop/approve_above", "wrong-type"],
    [{ human_in_loop: { timeout_seconds: -1 } }, "/human_in_loop/timeout_seconds", "wrong-type"],
    [
      { human_in_loop: { approve_above_currency: 1 } },
      "/human_in_loop/approve_above_currency",
      "wrong-type",
    ],
  ])("%j is refused", (members, pointer, kind) => {
    expect(problemsOf(rules(members))).toEqual([
      expect.objectContaining({ pointer: `/rules${pointer}`, kind }),
    ]);
  });

  it.each([
    ["rules", "computer_use"],
    ["rules", "remote_desktop_channels"],
    ["rules", "input_injection"],
    ["rules", "browser_automation"],
    ["rules", "code_execution"],
    ["extensions", "posture"],
    ["extensions", "origins"],
    ["extensions", "detection"],
    ["extensions", "reputation"],
    ["extensions", "runtime_assurance"],
    ["extensions", "chio"],
  ])("of %s, %s cannot be enforced", (part, name) => {
    expect(problemsOf(spec({ [part]: { [name]: { more: 1 } } }))).toEqual([
      {
        pointer: `/${part}/${name}`,
        kind: "unenforceable",
        detail: "is not enforced by this kernel: leave it out, or say enabled: false",
      },
    ]);
    expect(problemsOf(spec({ [part]: { [name]: { enabled: false, more: 1 } } }))).toEqual([]);
  });
});
