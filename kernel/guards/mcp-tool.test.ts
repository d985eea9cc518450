import { describe, expect, it } from "vitest";
import { member } from "../json/value.ts";
import type { McpToolConfig } from "../policy/effective-policy.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import {
  guardCases,
  objectAt,
  textAt,
  textsAt,
  u64At,
  verdictOf,
} from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_MCP_TOOL, mcpTool } from "./mcp-tool.ts";

const missing = vectorsDirectory() === null;

function judge(config: Partial<McpToolConfig>, tool: string, toolArguments = {}): string {
  const guard = guardWith(mcpTool, { mcpTool: { ...DEFAULT_MCP_TOOL, ...config } });
  return reasonOf(guard.check(guardRequest(tool, toolArguments)));
}

describe.skipIf(missing)("the vectors of mcp-tool", () => {
  it.each(guardCases("mcp-tool"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    const given = {
      allow: textsAt(config, "allow") ?? DEFAULT_MCP_TOOL.allow,
      block: textsAt(config, "block") ?? DEFAULT_MCP_TOOL.block,
      defaultAction: member(config, "default_action") === "block" ? "block" : "allow",
      maxArgsSize: u64At(config, "max_args_size") ?? DEFAULT_MCP_TOOL.maxArgsSize,
    } as const;
    const tool = textAt(one, "tool_name", "tool") ?? "";
    const guard = guardWith(mcpTool, { mcpTool: given });
    const reason = reasonOf(guard.check(guardRequest(tool, member(one, "arguments") ?? {})));
    expect(verdictOf(reason)).toBe(member(one, "expected"));
  });
});

describe("tools by name", () => {
  it.each(["shell_exec", "run_command", "raw_file_write", "raw_file_delete"])(
    "%s is blocked by default, whatever it is classified as",
    (tool) => {
      expect(judge({}, tool)).toBe(`the tool ${tool} is blocked`);
      expect(judge({ block: [] }, tool)).toBe("allow");
    },
  );

  it("are compared exactly", () => {
    expect(judge({}, "bash")).toBe("allow");
    expect(judge({}, "Run_Command")).toBe("allow");
    expect(judge({}, "run_command2")).toBe("allow");
  });

  it("are blocked before they are allowed", () => {
    expect(judge({ allow: ["a"], block: ["a"] }, "a")).toBe("the tool a is blocked");
  });

  it("must be on the list where there is one", () => {
    const reason = "the tool b is not on the list of allowed tools";
    expect(judge({ allow: ["a"] }, "a")).toBe("allow");
    expect(judge({ allow: ["a"] }, "b")).toBe(reason);
    expect(judge({ allow: ["a"], defaultAction: "block" }, "a")).toBe("allow");
    expect(judge({ allow: ["a"], defaultAction: "block" }, "b")).toBe(reason);
    expect(judge({ defaultAction: "block" }, "b")).toBe(reason);
    expect(judge({ defaultAction: "allow" }, "b")).toBe("allow");
  });
});

describe("the size of the arguments", () => {
  it("counts octets of the compact JSON", () => {
    const config = { maxArgsSize: 12n };
    expect(judge(config, "a", { b: "\u00e9\u00e9" })).toBe("allow");
    expect(judge(config, "a", { b: "\u00e9\u00e9.\u00e9" })).toBe(
      "the arguments have 15 octets, more than 12",
    );
    expect(judge({ maxArgsSize: 12n }, "a", { b: "12345" })).toBe(
      "the arguments have 13 octets, more than 12",
    );
    expect(judge({ maxArgsSize: 13n }, "a", { b: "12345" })).toBe("allow");
  });

  it("is judged before the name", () => {
    expect(judge({ maxArgsSize: 1n }, "run_command")).toMatch(/octets/);
  });

  it("is a mebibyte by default", () => {
    expect(judge({}, "a", { b: "x".repeat(1_048_576 - 8) })).toBe("allow");
    expect(judge({}, "a", { b: "x".repeat(1_048_576 - 7) })).toMatch(/1048577 octets/);
  });
});

describe("the guard", () => {
  it("is off where the policy leaves it off, and denies the call as a whole", () => {
    expect(problemOf(mcpTool, {})).toBe("none");
    expect(() => guardWith(mcpTool, {})).toThrow("mcp-tool is off");
    const guard = guardWith(mcpTool, { mcpTool: DEFAULT_MCP_TOOL });
    expect(guard.check(guardRequest("run_command", {}))).toHaveProperty("pointer", null);
  });
});
