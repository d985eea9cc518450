import { DEFAULT_MCP_TOOL } from "../guards/mcp-tool.ts";
import type { McpToolConfig } from "./effective-policy.ts";
import { EVERY_TOOL } from "./scope.ts";
import type { Section } from "./section.ts";

/** What `tool_access` says about tools: for the guard, and for the scope of capabilities under the policy. */
export interface ToolAccess {
  readonly guard: McpToolConfig;
  /** The names that a default scope is made of. */
  readonly scopeTools: readonly string[];
  /** Octets, where the policy sets it. */
  readonly maxArgsSize: bigint | null;
  /** Policy globs of the tools that need an approval. */
  readonly confirm: readonly string[];
}

/**
 * Reads `tool_access` of either form; `actionName` is the member with the default action. A list of blocked
 * tools that is absent or empty is the built-in one, without the tools that the policy allows by name.
 *
 * The scope is by kernel semantics 7.3: where the default is to block, the tools that are allowed; where it is
 * to allow and nothing else is said, every tool. A scope has no way to say "every tool but": where the default
 * is to allow and anything else is said, it is empty.
 */
export function toolAccess(section: Section, actionName: string): ToolAccess {
  const allow = section.texts("allow", []);
  const block = section.texts("block", []);
  const confirm = section.texts("require_confirmation", []);
  const defaultAction = section.choice(actionName, ["allow", "block"], "allow");
  const maxArgsSize = section.limit("max_args_size", null);
  const isBare = [...allow, ...block, ...confirm].length === 0 && maxArgsSize === null;
  const everyTool = isBare ? [EVERY_TOOL] : [];
  return {
    guard: {
      allow,
      block:
        block.length === 0 ? DEFAULT_MCP_TOOL.block.filter((name) => !allow.includes(name)) : block,
      defaultAction,
      maxArgsSize: maxArgsSize ?? DEFAULT_MCP_TOOL.maxArgsSize,
    },
    scopeTools: defaultAction === "block" ? allow : everyTool,
    maxArgsSize,
    confirm,
  };
}
