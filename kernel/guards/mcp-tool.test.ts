import { describe, expect, it } from "vitest";
import { asText, isArray, isObject, member } from "../json/value.ts";
import type { McpToolConfig } from "../policy/effective-policy.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_MCP_TOOL, mcpTool } from "./mcp-tool.ts";

const missing = vectorsDirectory() === null;

function judge(config: Partial<McpToolConfig>, tool: string, toolArguments = {}): string {
  const guard = guardWith(mcpTool, { mcpTool: { ...DEFAULT_MCP_TOOL, ...config } });
  return reasonOf(guard.check(guardRequest(tool, toolArguments)));
}

describe.skipIf(missing)("the vectors of mcp-tool", () => {
  const guards = missing ? {} : member(readObject("evaluation/guards.json"), "guards");
  const cases = isObject(guards) ? member(guards, "mcp-tool") : [];
  it.each((isArray(cases) ? cases : []).filter(isObject).map((one) => [JSON.stringify(one), one]))(
    "%s",
    (_, one) => {
      const given = isObject(one) ? member(one, "config") : {};
      const config = isObject(given) ? given : {};
      const list = (name: "allow" | "block") => {
        const names = member(config, name);
        return isArray(names) ? names.map((item) => asText(item) ?? "") : DEFAULT_MCP_TOOL[name];
      };
      const defaultAction = member(config, "default_action") === "block" ? "block" : "allow";
      const lists = { allow: list("allow"), block: list("block"), defaultAction } as const;
      const tool = isObject(one) ? (asText(member(one, "tool_name")) ?? "") : "";
      const verdict = judge(lists, tool) === "allow" ? "allow" : "deny";
      expect(verdict).toBe(isObject(one) && member(one, "expected"));
    },
  );
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
