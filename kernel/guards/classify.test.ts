import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolvePointer } from "../json/pointer.ts";
import {
  asText,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import { defaultPolicy } from "../policy/defaults.ts";
import { arbitraryJson } from "../testing/arbitrary-json.ts";
import { guardRequest } from "../testing/guard-requests.ts";
import { compileNative } from "../testing/native-regex.ts";
import { readObject } from "../testing/read-objects.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import type { ToolAction } from "./action.ts";
import { classifyAction } from "./classify.ts";
import { runGuards } from "./pipeline.ts";
import { makeGuards } from "./standard.ts";
import { EXTERNAL_API_PREFIXES, FAMILY_OF_TOOL } from "./tool-names.ts";

const missing = vectorsDirectory() === null;

/** The names that the other implementation gives to the classes. */
const UPSTREAM: Record<ToolAction["kind"], string> = {
  "file-read": "file_access",
  "file-write": "file_write",
  patch: "patch",
  shell: "shell_command",
  egress: "network_egress",
  code: "code_execution",
  browser: "browser_action",
  database: "database_query",
  "memory-write": "memory_write",
  "memory-read": "memory_read",
  "external-api": "external_api_call",
  "mcp-tool": "mcp_tool",
  // It takes a call without the argument that its tool needs for one of an unknown tool.
  malformed: "mcp_tool",
};

describe.skipIf(missing)("the vectors of tool calls", () => {
  const cases = missing ? [] : member(readObject("evaluation/tool-action.json"), "cases");
  const policy = defaultPolicy();
  const guards = makeGuards(policy.guards, compileNative);

  it.each((isArray(cases) ? cases : []).filter(isObject).map((one) => [member(one, "id"), one]))(
    "%s",
    (_, one) => {
      const call: JsonObject = isObject(one) ? one : {};
      const tool = asText(member(call, "tool_name")) ?? "";
      const request = guardRequest(tool, member(call, "arguments") ?? null);
      expect(UPSTREAM[request.action.kind]).toBe(member(call, "expected_action"));
      const expected = member(call, "expected_verdict");
      if (expected !== undefined && guards.ok) {
        const { denial } = runGuards(guards.value, request);
        expect(denial === null ? "allow" : "deny").toBe(expected);
      }
    },
  );
});

describe("classification", () => {
  it.each<[string, JsonValue, ToolAction]>([
    ["read_file", { path: "/a" }, { kind: "file-read", path: { text: "/a", pointer: "/path" } }],
    ["Cat", { file: "a" }, { kind: "file-read", path: { text: "a", pointer: "/file" } }],
    [
      "get_file",
      { file_path: "a" },
      { kind: "file-read", path: { text: "a", pointer: "/file_path" } },
    ],
    ["read", { filename: "a" }, { kind: "file-read", path: { text: "a", pointer: "/filename" } }],
    [
      "read",
      { filename: "b", path: "a" },
      { kind: "file-read", path: { text: "a", pointer: "/path" } },
    ],
    [
      "WRITE_FILE",
      { path: "a", content: "c" },
      {
        kind: "file-write",
        path: { text: "a", pointer: "/path" },
        content: { text: "c", pointer: "/content" },
      },
    ],
    [
      "edit",
      { path: "a" },
      { kind: "file-write", path: { text: "a", pointer: "/path" }, content: null },
    ],
    ["fs", { path: "a" }, { kind: "file-read", path: { text: "a", pointer: "/path" } }],
    [
      "fs",
      { path: "a", action: "read" },
      { kind: "file-read", path: { text: "a", pointer: "/path" } },
    ],
    [
      "fs",
      { path: "a", action: "Append" },
      { kind: "file-write", path: { text: "a", pointer: "/path" }, content: null },
    ],
    [
      "file",
      { path: "a", action: "delete" },
      { kind: "file-write", path: { text: "a", pointer: "/path" }, content: null },
    ],
    [
      "filesystem",
      { path: "a", content: "" },
      {
        kind: "file-write",
        path: { text: "a", pointer: "/path" },
        content: { text: "", pointer: "/content" },
      },
    ],
    [
      "apply_diff",
      { path: "a", patch: "+b" },
      {
        kind: "patch",
        path: { text: "a", pointer: "/path" },
        diff: { text: "+b", pointer: "/patch" },
      },
    ],
    ["bash", { command: "ls" }, { kind: "shell", command: { text: "ls", pointer: "/command" } }],
    ["run", { input: "ls" }, { kind: "shell", command: { text: "ls", pointer: "/input" } }],
    ["fetch", { uri: "x" }, { kind: "egress", url: { text: "x", pointer: "/uri" } }],
    [
      "python_exec",
      { code: "1" },
      { kind: "code", source: { text: "1", pointer: "/code" }, language: "python" },
    ],
    [
      "ipython",
      { snippet: "1", lang: "r" },
      { kind: "code", source: { text: "1", pointer: "/snippet" }, language: "r" },
    ],
    [
      "repl",
      { script: "1", language: 7 },
      { kind: "code", source: { text: "1", pointer: "/script" }, language: "javascript" },
    ],
    [
      "jupyter",
      { source: "1" },
      { kind: "code", source: { text: "1", pointer: "/source" }, language: "unknown" },
    ],
    ["screenshot", {}, { kind: "browser", verb: "screenshot", target: null }],
    [
      "browser",
      { action: "open", href: "x" },
      { kind: "browser", verb: "open", target: { text: "x", pointer: "/href" } },
    ],
    [
      "sqlite",
      { statement: "q", connection: "c" },
      { kind: "database", query: { text: "q", pointer: "/statement" }, database: "c" },
    ],
    [
      "Redis",
      { command: "q" },
      { kind: "database", query: { text: "q", pointer: "/command" }, database: "redis" },
    ],
    ["remember", { namespace: "n", key: "k" }, { kind: "memory-write", store: "n", key: "k" }],
    ["recall", { collection: "c", id: "i" }, { kind: "memory-read", store: "c", key: "i" }],
    ["recall", { id: 7 }, { kind: "memory-read", store: "recall", key: null }],
    ["recall", null, { kind: "memory-read", store: "recall", key: null }],
    ["slack_post", { method: "m" }, { kind: "external-api", endpoint: "m" }],
    ["GITHUB_get", { path: "p", endpoint: "e" }, { kind: "external-api", endpoint: "e" }],
    ["jira_x", { action: "a", method: "m" }, { kind: "external-api", endpoint: "a" }],
    ["linear_x", [1], { kind: "external-api", endpoint: "linear_x" }],
    ["slack", {}, { kind: "mcp-tool", arguments: {} }],
    ["my_slack_x", { path: "a" }, { kind: "mcp-tool", arguments: { path: "a" } }],
    ["constructor", 5, { kind: "mcp-tool", arguments: 5 }],
    ["", "x", { kind: "mcp-tool", arguments: "x" }],
  ])("%s %j", (tool, toolArguments, action) => {
    expect(classifyAction(tool, toolArguments)).toEqual(action);
  });

  it.each([
    ["python", "source", "code source snippet script input"],
    ["goto", "target", "url target href selector"],
    ["sql", "query", "query sql statement command"],
    ["bash", "command", "command cmd input"],
    ["fetch", "url", "url uri"],
    ["read", "path", "path file file_path filename"],
  ])("%s takes its %s from any of %s, the first that is there", (tool, part, names) => {
    const all = names.split(" ");
    for (const [index, name] of all.entries()) {
      const given = Object.fromEntries(all.slice(index).map((one) => [one, `in ${one}`]));
      expect(classifyAction(tool, given)).toHaveProperty(part, {
        text: `in ${name}`,
        pointer: `/${name}`,
      });
    }
  });

  it.each([
    ["python", "language", "language lang"],
    ["goto", "verb", "action verb"],
    ["sql", "database", "database db connection"],
    ["recall", "store", "collection index namespace store"],
    ["remember", "key", "id key memory_id"],
    ["jira_x", "endpoint", "endpoint path action method"],
  ])("%s takes its %s from any of %s, the first that is a text", (tool, part, names) => {
    const all = names.split(" ");
    for (const [index, name] of all.entries()) {
      const given = Object.fromEntries(
        all.map((one, place) => [one, place < index ? place : `in ${one}`]),
      );
      const action = classifyAction(tool, { code: "1", query: "1", ...given });
      expect(action).toHaveProperty(part, `in ${name}`);
    }
  });

  it.each<[string, JsonValue, string, string]>([
    ["read_file", {}, "file-read", ""],
    ["read_file", null, "file-read", ""],
    ["read_file", "/etc/shadow", "file-read", ""],
    ["read_file", { path: ["/etc/shadow"] }, "file-read", "/path"],
    ["read_file", { path: null, file: "/etc/shadow" }, "file-read", "/path"],
    ["write_file", { content: "x" }, "file-write", ""],
    ["write_file", { path: "a", content: { b: 1 } }, "file-write", "/content"],
    ["fs", { path: 1 }, "file-read", "/path"],
    ["fs", { path: "a", action: 1 }, "file-write", "/action"],
    ["fs", { path: "a", content: null }, "file-write", "/content"],
    ["patch", { path: "a" }, "patch", ""],
    ["patch", { diff: "+a" }, "patch", ""],
    ["patch", { path: "a", diff: ["+a"] }, "patch", "/diff"],
    ["bash", { command: ["ls"] }, "shell", "/command"],
    ["bash", { script: "ls" }, "shell", ""],
    ["curl", { url: {} }, "egress", "/url"],
    ["python", { code: 1 }, "code", "/code"],
    ["goto", { url: 1, target: "x" }, "browser", "/url"],
    ["sql", { query: {} }, "database", "/query"],
  ])("%s %j is malformed", (tool, toolArguments, family, pointer) => {
    const action = classifyAction(tool, toolArguments);
    expect(action).toMatchObject({ kind: "malformed", family, pointer });
    expect(action.kind === "malformed" && action.expected).toMatch(/^a text in \w+/);
  });

  it("says which members it looked at", () => {
    expect(classifyAction("fetch", {})).toHaveProperty("expected", "a text in url, uri");
  });

  it("denies every malformed call under the default guards", () => {
    const guards = makeGuards(defaultPolicy().guards, compileNative);
    for (const tool of ["read_file", "edit", "patch", "bash", "fetch", "python", "sql"]) {
      const request = guardRequest(tool, { note: "x" });
      expect(guards.ok && runGuards(guards.value, request).denial?.reason).toContain("a text in");
    }
  });

  it("is total, and points at what it read", () => {
    const tool = fc.oneof(
      fc.string(),
      fc.constantFrom(...FAMILY_OF_TOOL.keys(), ...EXTERNAL_API_PREFIXES),
    );
    const member = fc.constantFrom(
      "path",
      "content",
      "action",
      "diff",
      "command",
      "url",
      "code",
      "query",
    );
    const value = fc.oneof(arbitraryJson, fc.dictionary(member, arbitraryJson));
    fc.assert(
      fc.property(tool, value, (name, json) => {
        const action = classifyAction(name, json);
        for (const part of Object.values(action)) {
          if (isObject(part) && typeof part["pointer"] === "string" && "text" in part) {
            expect(resolvePointer(json, part["pointer"])).toBe(part["text"]);
          }
        }
      }),
    );
  });
});
