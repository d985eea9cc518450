/**
 * A pattern on resources and prompts (kernel semantics 1.6): exact, or a prefix where it ends in `*`. A lone
 * `*` is the empty prefix.
 */
interface Pattern {
  readonly literal: string;
  readonly isPrefix: boolean;
}

function readPattern(pattern: string): Pattern {
  return pattern.endsWith("*")
    ? { literal: pattern.slice(0, -1), isPrefix: true }
    : { literal: pattern, isPrefix: false };
}

export function patternMatches(pattern: string, text: string): boolean {
  const { literal, isPrefix } = readPattern(pattern);
  return isPrefix ? text.startsWith(literal) : text === literal;
}

/**
 * Whether everything that the child matches is matched by the parent. Prefixes are compared without their
 * star: else `**`, which matches what starts with a star, would cover `*`, which matches everything.
 */
export function patternCovers(parent: string, child: string): boolean {
  const inner = readPattern(child);
  return (
    parent === child || (readPattern(parent).isPrefix && patternMatches(parent, inner.literal))
  );
}
