import type { Result } from "./result.ts";

/** A compiled regular expression. Its running time is linear in the text, whatever the pattern. */
export interface Pattern {
  /** Whether it is found anywhere in the text. */
  test(text: string): boolean;
  /** The places where it is found, in order, not overlapping, as UTF-16 indexes. */
  spans(text: string): readonly Span[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Compiles a regular expression in the syntax of RE2, which capabilities and policies use. The error is a
 * sentence. A capability and a policy come from others: a backtracking engine would let one of their
 * patterns hold the kernel for hours, so the engine is handed in by a shell that has a linear one.
 */
export type CompilePattern = (source: string) => Result<Pattern, string>;
