import type { EgressAllowlistConfig } from "../policy/effective-policy.ts";
import { ok, type Result } from "../result.ts";
import type { ToolAction } from "./action.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import type { Target } from "./host.ts";
import { compileHostPattern, type HostPattern } from "./host-glob.ts";
import { missingTarget, networkTargets } from "./network-targets.ts";

/** Upstream also lists the public package registries: they deliver code that anyone may publish. */
export const DEFAULT_EGRESS_ALLOWLIST: EgressAllowlistConfig = {
  allow: ["*.openai.com", "*.anthropic.com", "api.github.com"],
  block: [],
};

/**
 * Lets requests go to listed hosts alone: blocked first, then allowed, else denied (kernel semantics 2.7). Judged
 * are egress and browser calls, and the URLs and hosts that stand in shell commands, code and unclassified tools.
 */
export const egressAllowlist: GuardFactory = {
  name: "egress-allowlist",
  make({ egressAllowlist: config }) {
    if (config === null) {
      return ok(null);
    }
    const allow = compileAll(config.allow);
    if (!allow.ok) {
      return allow;
    }
    const block = compileAll(config.block);
    if (!block.ok) {
      return block;
    }
    const lists = { allow: allow.value, block: block.value };
    return ok({ name: "egress-allowlist", check: (request) => check(request, lists) });
  },
};

function compileAll(entries: readonly string[]): Result<readonly HostPattern[], string> {
  const patterns: HostPattern[] = [];
  for (const entry of entries) {
    const pattern = compileHostPattern(entry);
    if (!pattern.ok) {
      return pattern;
    }
    patterns.push(pattern.value);
  }
  return ok(patterns);
}

interface Lists {
  readonly allow: readonly HostPattern[];
  readonly block: readonly HostPattern[];
}

/** A URL that is stored, patched in or asked for from a store is not requested by the call. */
const REACHING_OUT: ReadonlySet<ToolAction["kind"]> = new Set([
  "egress",
  "browser",
  "shell",
  "code",
  "external-api",
  "mcp-tool",
] as const);

function check({ action, call }: GuardRequest, lists: Lists): GuardAnswer {
  const missing = missingTarget(action);
  if (missing !== null) {
    return { verdict: "deny", ...missing };
  }
  if (!REACHING_OUT.has(action.kind)) {
    return { verdict: "allow" };
  }
  for (const { target, certainty, pointer } of networkTargets(action, call)) {
    const reason = certainty === "hint" ? null : judge(target, lists);
    if (reason !== null) {
      return { verdict: "deny", reason, pointer };
    }
  }
  return { verdict: "allow" };
}

function judge(target: Result<Target, string>, { allow, block }: Lists): string | null {
  if (!target.ok) {
    return target.error;
  }
  const { value } = target;
  if (block.some((fits) => fits(value))) {
    return `blocked host: ${value.hostText}`;
  }
  return allow.some((fits) => fits(value))
    ? null
    : `host is not in the allowlist: ${value.hostText}`;
}
