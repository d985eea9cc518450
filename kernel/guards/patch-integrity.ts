import type { JsonValue } from "../json/value.ts";
import type { PatchIntegrityConfig } from "../policy/effective-policy.ts";
import type { CompilePattern, Pattern } from "../regex.ts";
import { err, ok, type Result } from "../result.ts";
import type { ToolAction } from "./action.ts";
import type { GuardAnswer, GuardFactory } from "./guard.ts";
import { textLeaves } from "./leaves.ts";
import { isAbsolutePath, lexicalPath } from "./paths.ts";
import { type DiffFacts, looksLikeDiff, readDiff } from "./unified-diff.ts";

export const DEFAULT_PATCH_INTEGRITY: PatchIntegrityConfig = {
  maxAdditions: 1000n,
  maxDeletions: 500n,
  forbiddenPatterns: [
    "(?i)disable[ _\\-]?(security|auth|ssl|tls)",
    "(?i)skip[ _\\-]?(verify|validation|check)",
    "(?i)rm\\s+-rf\\s+/",
    "(?i)chmod\\s+777",
    "(?i)eval\\s*\\(",
    "(?i)exec\\s*\\(",
    "(?i)reverse[_\\-]?shell",
    "(?i)bind[_\\-]?shell",
    "base64[_\\-]?decode.*exec",
  ],
  requireBalance: false,
  maxImbalanceRatio: 10,
};

interface Rules {
  readonly config: PatchIntegrityConfig;
  readonly forbidden: readonly { readonly source: string; readonly pattern: Pattern }[];
}

/**
 * Bounds what a patch may change (kernel semantics 2.12), and holds the files that the diff names against the
 * path that the other guards judged: a patch tool follows the diff.
 */
export const patchIntegrity: GuardFactory = {
  name: "patch-integrity",
  make({ patchIntegrity: config }, compile) {
    if (config === null) {
      return ok(null);
    }
    const forbidden = compileAll(config.forbiddenPatterns, compile);
    if (!forbidden.ok) {
      return forbidden;
    }
    const rules: Rules = { config, forbidden: forbidden.value };
    return ok({
      name: "patch-integrity",
      check: ({ action, call }) => check(action, call.arguments, rules),
    });
  },
};

function compileAll(
  sources: readonly string[],
  compile: CompilePattern,
): Result<Rules["forbidden"], string> {
  const forbidden: { source: string; pattern: Pattern }[] = [];
  for (const source of sources) {
    const pattern = compile(source);
    if (!pattern.ok) {
      return err(`forbidden pattern ${source}: ${pattern.error}`);
    }
    forbidden.push({ source, pattern: pattern.value });
  }
  return ok(forbidden);
}

function check(action: ToolAction, callArguments: JsonValue, rules: Rules): GuardAnswer {
  for (const { diff, pointer, path } of patchesOf(action, callArguments)) {
    const facts = readDiff(diff);
    const reason = sizeProblem(facts, rules.config) ?? lineProblem(facts, rules);
    if (reason !== null) {
      return { verdict: "deny", reason, pointer };
    }
    const other = facts.targets.find((target) => path !== null && !isSameFile(path, target));
    if (other !== undefined) {
      const reason = `the diff changes another file than its path: ${JSON.stringify(other)}`;
      return { verdict: "deny", reason, pointer };
    }
  }
  return action.kind === "malformed" && action.family === "patch"
    ? { verdict: "deny", reason: `expected ${action.expected}`, pointer: action.pointer }
    : { verdict: "allow" };
}

interface Patch {
  readonly diff: string;
  readonly pointer: string;
  /** The file that the call says it changes; null where the tool is unknown. */
  readonly path: string | null;
}

/** A tool of any other name is judged too, wherever its arguments hold a diff. */
function patchesOf(action: ToolAction, callArguments: JsonValue): readonly Patch[] {
  if (action.kind === "patch") {
    return [{ diff: action.diff.text, pointer: action.diff.pointer, path: action.path.text }];
  }
  return action.kind === "mcp-tool"
    ? textLeaves(callArguments)
        .filter(({ text }) => looksLikeDiff(text))
        .map(({ text, pointer }) => ({ diff: text, pointer, path: null }))
    : [];
}

function sizeProblem(
  { additions, deletions }: DiffFacts,
  { maxAdditions, maxDeletions, requireBalance, maxImbalanceRatio }: PatchIntegrityConfig,
): string | null {
  if (additions > maxAdditions) {
    return `${additions} added lines, at most ${maxAdditions}`;
  }
  if (deletions > maxDeletions) {
    return `${deletions} deleted lines, at most ${maxDeletions}`;
  }
  const ratio = additions === deletions ? 1 : additions / deletions;
  return requireBalance && ratio > maxImbalanceRatio
    ? `${additions} added for ${deletions} deleted lines, at most ${maxImbalanceRatio} for each`
    : null;
}

function lineProblem({ added }: DiffFacts, { forbidden }: Rules): string | null {
  const found = forbidden.find(({ pattern }) => added.some((line) => pattern.test(line)));
  return found === undefined ? null : `an added line matches ${found.source}`;
}

/** A header may name the file from any directory above it, with git's `a/` or `b/` in front. */
function isSameFile(path: string, target: string): boolean {
  const file = lexicalPath(path);
  return [target, target.replace(/^[ab]\//, "")].some((candidate) => {
    const named = lexicalPath(candidate);
    return named === file || (!isAbsolutePath(named) && file.endsWith(`/${named}`));
  });
}
