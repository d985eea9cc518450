import { utf8 } from "../encoding.ts";
import { canonicalize } from "../json/canonicalize.ts";
import type { McpToolConfig } from "../policy/effective-policy.ts";
import { ok } from "../result.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";

export const DEFAULT_MCP_TOOL: McpToolConfig = {
  allow: [],
  block: ["shell_exec", "run_command", "raw_file_write", "raw_file_delete"],
  defaultAction: "allow",
  maxArgsSize: 1_048_576n,
};

/**
 * Which tools may be called at all, by the raw name of every call (kernel semantics 2.9). Upstream asks only
 * for tools that no other guard knows, so that a blocked `run_command` never gets here.
 */
export const mcpTool: GuardFactory = {
  name: "mcp-tool",
  make: ({ mcpTool: config }) =>
    ok(
      config === null ? null : { name: "mcp-tool", check: (request) => checkTool(request, config) },
    ),
};

function checkTool({ call }: GuardRequest, config: McpToolConfig): GuardAnswer {
  const size = utf8(canonicalize(call.arguments)).length;
  if (size > config.maxArgsSize) {
    return deny(`the arguments have ${size} octets, more than ${config.maxArgsSize}`);
  }
  if (config.block.includes(call.toolName)) {
    return deny(`the tool ${call.toolName} is blocked`);
  }
  const listed = config.allow.includes(call.toolName);
  const open = config.allow.length === 0 && config.defaultAction === "allow";
  return listed || open
    ? { verdict: "allow" }
    : deny(`the tool ${call.toolName} is not on the list of allowed tools`);
}

function deny(reason: string): GuardAnswer {
  return { verdict: "deny", reason, pointer: null };
}
