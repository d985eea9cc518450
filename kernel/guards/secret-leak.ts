import type { SecretLeakConfig } from "../policy/effective-policy.ts";
import type { CompilePattern } from "../regex.ts";
import { err, ok, type Result } from "../result.ts";
import type { ToolAction } from "./action.ts";
import { compileGlob } from "./glob.ts";
import type { GuardAnswer, GuardFactory, GuardRequest } from "./guard.ts";
import { pathForms } from "./paths.ts";
import { findSecret, scannedTexts } from "./scanned-texts.ts";
import {
  type Detector,
  SECRET_DETECTORS,
  SECRET_PATTERNS,
  type SecretPattern,
} from "./secret-patterns.ts";

export const DEFAULT_SECRET_LEAK: SecretLeakConfig = {
  patterns: SECRET_PATTERNS,
  skipPaths: ["**/test/**", "**/tests/**", "**/*_test.*", "**/*.test.*"],
};

type PathTest = (path: string) => boolean;

/**
 * Keeps secrets out of the arguments of every call (kernel semantics 2.10), also percent-encoded, escaped or in
 * base64 once. What is written to a path on the skip list is not looked at. A reason names the kind of secret and
 * its place, and shows none of it.
 */
export const secretLeak: GuardFactory = {
  name: "secret-leak",
  make({ secretLeak: config }, compile) {
    if (config === null) {
      return ok(null);
    }
    const detectors = compileDetectors(config.patterns, compile);
    if (!detectors.ok) {
      return detectors;
    }
    const skips = compileSkips(config.skipPaths);
    if (!skips.ok) {
      return skips;
    }
    return ok({
      name: "secret-leak",
      check: (request) => check(request, detectors.value, skips.value),
    });
  },
};

/** The built-in patterns run on the platform's engine, which is faster; every other one on the linear one. */
function compileDetectors(
  patterns: readonly SecretPattern[],
  compile: CompilePattern,
): Result<readonly Detector[], string> {
  const detectors: Detector[] = [];
  for (const { name, pattern } of patterns) {
    const own = SECRET_PATTERNS.findIndex((known) => known.pattern === pattern);
    const compiled = compile(pattern);
    if (!compiled.ok) {
      return err(`pattern ${name}: ${compiled.error}`);
    }
    detectors.push({ name, pattern: SECRET_DETECTORS[own]?.pattern ?? compiled.value });
  }
  return ok(detectors);
}

function compileSkips(globs: readonly string[]): Result<readonly PathTest[], string> {
  const skips: PathTest[] = [];
  for (const glob of globs) {
    const compiled = compileGlob(glob);
    if (!compiled.ok) {
      return err(`skip path ${glob}: ${compiled.error}`);
    }
    skips.push(compiled.value);
  }
  return ok(skips);
}

function check(
  { action, call }: GuardRequest,
  detectors: readonly Detector[],
  skips: readonly PathTest[],
): GuardAnswer {
  const skipped = skippedPointer(action, skips);
  const texts = scannedTexts(call.arguments).filter(({ pointer }) => pointer !== skipped);
  const found = findSecret(texts, detectors);
  return found === null
    ? { verdict: "allow" }
    : {
        verdict: "deny",
        reason: `the arguments hold a secret: ${found.name}`,
        pointer: found.pointer,
      };
}

/** The text that is written, where its path is on the skip list. */
function skippedPointer(action: ToolAction, skips: readonly PathTest[]): string | null {
  if (action.kind !== "file-write" && action.kind !== "patch") {
    return null;
  }
  // Every spelling has to be on the list: what stands behind a NUL or a percent escape must not excuse a path.
  const forms = pathForms(action.path.text)?.filter(({ folded }) => !folded) ?? [];
  const isSkipped = forms.length > 0 && forms.every(({ text }) => skips.some((fits) => fits(text)));
  if (!isSkipped) {
    return null;
  }
  return action.kind === "patch" ? action.diff.pointer : (action.content?.pointer ?? null);
}
