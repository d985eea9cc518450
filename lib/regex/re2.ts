import { RE2JS, RE2JSException } from "re2js";
import type { CompilePattern, Pattern, Span } from "@/kernel/regex.ts";
import { err, ok, type Result } from "@/kernel/result.ts";

/** UTF-16 units of a pattern that is accepted. */
export const MAX_PATTERN_LENGTH = 4096;

/** Instructions of a compiled pattern: the time of a search grows with their number times the text. */
export const MAX_PROGRAM_SIZE = 10_000;

/**
 * Places that are listed one by one are bounded by the text that may be walked for them. Finding the next
 * place can cost a walk over the whole rest (`b.*z|b` on a text of `b`), so a pattern that is found everywhere
 * would make a scan quadratic. From the last listed place on, the rest of the text counts as found: a
 * redaction then takes more, never less.
 */
const WALKED_UNITS = 1 << 24;
const FEWEST_PLACES = 64;

/** The kernel's port for regular expressions on re2js, a port of RE2: no pattern backtracks. */
export const compileRe2: CompilePattern = (source) => {
  const compiled = compileSized(source);
  return compiled.ok ? ok(compiled.value.pattern) : compiled;
};

/** A pattern, and its instructions: a search takes at most so many steps for each unit of a text. */
export interface SizedPattern {
  readonly pattern: Pattern;
  readonly size: number;
}

/** {@link compileRe2}, for who has to know what a search may cost. */
export function compileSized(source: string): Result<SizedPattern, string> {
  if (source.length > MAX_PATTERN_LENGTH) {
    return err(
      `A pattern of ${source.length} characters; at most ${MAX_PATTERN_LENGTH} are accepted.`,
    );
  }
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.programSize();
    return size > MAX_PROGRAM_SIZE
      ? err("The pattern is too large once its repetitions are written out.")
      : ok({ pattern: patternOf(compiled), size });
  } catch (error) {
    // The engine throws other errors than its own on some malformed patterns: none of them is a pattern.
    return err(
      error instanceof RE2JSException
        ? `The pattern is not valid: ${error.message}.`
        : "The pattern is not valid.",
    );
  }
}

function patternOf(compiled: RE2JS): Pattern {
  return {
    test: (text) => compiled.test(text),
    spans: (text) => spansOf(compiled, text),
  };
}

function spansOf(compiled: RE2JS, text: string): readonly Span[] {
  const most = Math.max(FEWEST_PLACES, Math.floor(WALKED_UNITS / (text.length + 1)));
  const spans: Span[] = [];
  const matcher = compiled.matcher(text);
  while (matcher.find()) {
    const start = matcher.start();
    if (spans.length + 1 === most) {
      spans.push({ start, end: text.length });
      return spans;
    }
    spans.push({ start, end: matcher.end() });
  }
  return spans;
}
