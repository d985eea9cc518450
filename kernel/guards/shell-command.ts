import type { ToolCall } from "../evaluation/call.ts";
import type { ShellCommandConfig } from "../policy/effective-policy.ts";
import type { CompilePattern, Pattern } from "../regex.ts";
import { err, ok, type Result } from "../result.ts";
import type { PlacedText, ToolAction } from "./action.ts";
import {
  compileForbiddenPaths,
  DEFAULT_FORBIDDEN_PATH,
  type ForbiddenPaths,
} from "./forbidden-path.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { isCommandKey, textLeaves } from "./leaves.ts";
import { dangerOf, redirectDanger } from "./shell-dangers.ts";
import { pathsOf } from "./shell-paths.ts";
import { unfoldShell } from "./shell-unfold.ts";

export const DEFAULT_SHELL_COMMAND: ShellCommandConfig = {
  forbiddenPatterns: [
    "\\brm\\s+(-rf?|--recursive)\\s+/\\s*(?:$|\\*)",
    "\\bcurl\\s+[^|]*\\|\\s*(bash|sh|zsh)\\b",
    "\\bwget\\s+[^|]*\\|\\s*(bash|sh|zsh)\\b",
    "\\bnc\\s+[^\\n]*\\s+-e\\s+",
    "\\bbash\\s+-i\\s+>&\\s+/dev/tcp/",
    "\\bbase64\\s+[^|]*\\|\\s*(curl|wget|nc)\\b",
  ],
};

interface Rules {
  readonly patterns: readonly { readonly source: string; readonly pattern: Pattern }[];
  readonly paths: ForbiddenPaths;
}

/**
 * Denies command lines that destroy a system, run what nobody has seen, or name a file that holds secrets
 * (kernel semantics 2.6). It is no list of what is allowed: what it does not know, it lets pass.
 */
export const shellCommand: GuardFactory = {
  name: "shell-command",
  make: ({ shellCommand: config }, compile) => {
    if (config === null) {
      return ok(null);
    }
    const rules = compileRules(config, compile);
    return rules.ok
      ? ok({ name: "shell-command", check: (request) => check(request, rules.value) })
      : rules;
  },
};

function compileRules(config: ShellCommandConfig, compile: CompilePattern): Result<Rules, string> {
  const patterns: { source: string; pattern: Pattern }[] = [];
  for (const source of config.forbiddenPatterns) {
    const pattern = compile(`(?i)${source}`);
    if (!pattern.ok) {
      return err(`the pattern ${JSON.stringify(source)} is refused: ${pattern.error}`);
    }
    patterns.push({ source, pattern: pattern.value });
  }
  const paths = compileForbiddenPaths(DEFAULT_FORBIDDEN_PATH);
  return paths.ok ? ok({ patterns, paths: paths.value }) : paths;
}

function check({ action, call }: GuardRequest, rules: Rules): GuardAnswer {
  if (action.kind === "malformed" && action.family === "shell") {
    return deny(`the argument of a shell call is not ${action.expected}`, action.pointer);
  }
  for (const { text, pointer } of commandLines(action, call)) {
    const problem = problemOf(text, rules);
    if (problem !== null) {
      return deny(problem, pointer);
    }
  }
  return { verdict: "allow" };
}

/**
 * A shell may read any of the names that a command can have, and a tool of any other name may be one. An event
 * runs nothing.
 */
function commandLines(action: ToolAction, call: ToolCall): readonly PlacedText[] {
  if (action.kind === "shell") {
    const { pointer } = action.command;
    return textLeaves(call.arguments).filter(
      (leaf) => isCommandKey(leaf.key) || leaf.pointer === pointer,
    );
  }
  return action.kind === "mcp-tool" && call.boundary === "tool"
    ? textLeaves(call.arguments).filter(({ key }) => isCommandKey(key))
    : [];
}

function problemOf(command: string, { patterns, paths }: Rules): string | null {
  const unfolded = unfoldShell(command);
  if (unfolded.problem !== null) {
    return `the command cannot be judged: ${unfolded.problem}`;
  }
  for (const run of unfolded.commands) {
    const danger = dangerOf(run);
    if (danger !== null) {
      return danger;
    }
  }
  for (const redirect of unfolded.redirects) {
    const danger = redirectDanger(redirect);
    if (danger !== null) {
      return danger;
    }
  }
  for (const { text } of unfolded.scripts) {
    const line = text.replaceAll("'|'", "|");
    const found = patterns.find(({ pattern }) => pattern.test(line));
    if (found !== undefined) {
      return `the command matches the forbidden pattern ${found.source}`;
    }
  }
  const path = pathsOf(unfolded).find((one) => paths.forbids(one));
  return path === undefined ? null : `the command names the forbidden path ${path.text}`;
}

function deny(reason: string, pointer: string): GuardAnswer {
  return { verdict: "deny", reason, pointer };
}
