import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { compiled } from "./testing/compiled.ts";

const rules = (members: JsonObject): JsonObject => ({ hushspec: "0.1.0", rules: members });
const scopeOf = (members: JsonObject) => compiled(rules(members)).defaultScope;
const guardsOf = (members: JsonObject) => compiled(rules(members)).guards;

const everyTool = { server_id: "*", tool_name: "*", operations: ["invoke"] };
const approval = (threshold_units: number) => ({
  type: "require_approval_above",
  value: { threshold_units },
});

describe("the words of a rule", () => {
  it.each(["critical", "error", "warn"])("know the severity %s", (severity) => {
    const patterns = [{ name: "n", pattern: "p", severity }];
    expect(guardsOf({ secret_patterns: { patterns } }).secretLeak?.patterns).toEqual([
      { name: "n", pattern: "p" },
    ]);
  });

  it.each(["none", "basic", "attested", "verified"])("know the tier %s", (tier) => {
    expect(scopeOf({ tool_access: { require_runtime_assurance_tier: tier } })).toEqual({
      grants: [{ ...everyTool, constraints: [{ type: "minimum_runtime_assurance", value: tier }] }],
    });
  });
});

describe("the default scope", () => {
  it("is every tool where nothing restricts tools", () => {
    expect(scopeOf({ tool_access: {} })).toEqual({ grants: [everyTool] });
    expect(scopeOf({ tool_access: { default: "allow" } })).toEqual({ grants: [everyTool] });
    expect(scopeOf({ tool_access: { enabled: false, default: "block" } })).toEqual({
      grants: [everyTool],
    });
  });

  it.each<JsonValue>([
    { allow: ["a"] },
    { block: ["a"] },
    { require_confirmation: ["a"] },
    { max_args_size: 1 },
    { allow: ["a"], block: ["b"], require_confirmation: ["c"] },
    { allow: ["a"], block: ["b"] },
    { allow: ["a"], require_confirmation: ["c"] },
  ])("is empty where the default is to allow, with %j", (access) => {
    expect(scopeOf({ tool_access: access })).toEqual({ grants: [] });
  });

  it("is the allowed tools where the default is to block", () => {
    const tool_access = { default: "block", allow: ["read_file", "list_*"], max_args_size: 2048 };
    expect(scopeOf({ tool_access })).toEqual({
      grants: ["read_file", "list_*"].map((tool_name) => ({
        server_id: "*",
        tool_name,
        operations: ["invoke"],
        constraints: [{ type: "max_args_size", value: 2048 }],
      })),
    });
    expect(scopeOf({ tool_access: { default: "block" } })).toEqual({ grants: [] });
  });

  it("asks for approvals and assurance in the order of their kinds", () => {
    const scope = scopeOf({
      tool_access: {
        default: "block",
        allow: ["write_file", "read_file", "run"],
        max_args_size: 5,
        require_confirmation: ["run"],
        require_runtime_assurance_tier: "attested",
      },
      human_in_loop: { require_confirmation: ["write_*"], approve_above: 15000 },
    });
    const grant = (tool_name: string, threshold: number) => ({
      server_id: "*",
      tool_name,
      operations: ["invoke"],
      constraints: [
        { type: "max_args_size", value: 5 },
        approval(threshold),
        { type: "minimum_runtime_assurance", value: "attested" },
      ],
    });
    expect(scope).toEqual({
      grants: [grant("write_file", 0), grant("read_file", 15000), grant("run", 0)],
    });
  });

  it("asks for approvals of every tool where no tools are listed", () => {
    const scope = (human_in_loop: JsonObject) => scopeOf({ human_in_loop });
    const withApproval = (threshold: number) => ({
      grants: [{ ...everyTool, constraints: [approval(threshold)] }],
    });
    expect(scope({ approve_above: 10, timeout_seconds: 900, on_timeout: "deny" })).toEqual(
      withApproval(10),
    );
    expect(scope({ require_confirmation: ["write_*"] })).toEqual(withApproval(0));
    expect(scope({})).toEqual({ grants: [everyTool] });
    expect(scope({ enabled: false, approve_above: 10 })).toEqual({ grants: [everyTool] });
  });
});
