import { err, ok, type Result } from "../result.ts";
import { compileFoldedGlob, compileGlob, type GlobMatcher } from "./glob.ts";
import { foldedText, type PathForm } from "./paths.ts";

/** A list of path globs. Each form of a path is compared in its own way: exactly, or folded. */
export interface PathPatterns {
  /** Whether the form matches one of the patterns. */
  matches(form: PathForm): boolean;
}

/**
 * Compiles path globs; `\` in them is a separator, as in the paths. The error names the first pattern that is
 * none: a pattern that was dropped in silence would forbid nothing.
 */
export function compilePathPatterns(patterns: readonly string[]): Result<PathPatterns, string> {
  const exact: GlobMatcher[] = [];
  const folded: GlobMatcher[] = [];
  for (const written of patterns) {
    const pattern = written.replaceAll("\\", "/");
    const one = compileGlob(pattern);
    const other = compileFoldedGlob(pattern, foldedText);
    if (!one.ok || !other.ok) {
      return err(`the pattern ${JSON.stringify(written)} is no glob`);
    }
    exact.push(one.value);
    folded.push(other.value);
  }
  return ok({
    matches: (form) => (form.folded ? folded : exact).some((matcher) => matcher(form.text)),
  });
}

const BELOW = "/**";

/** The patterns, and for each that covers all below a directory the directory itself. */
export function withDirectories(patterns: readonly string[]): readonly string[] {
  const directories = patterns
    .map((pattern) => pattern.replaceAll("\\", "/"))
    .filter((pattern) => pattern.endsWith(BELOW) && pattern !== BELOW)
    .map((pattern) => pattern.slice(0, -BELOW.length));
  return [...patterns, ...directories];
}
