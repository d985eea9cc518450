import type { CompilePattern } from "@/kernel/regex.ts";
import { err, ok } from "@/kernel/result.ts";
import { compileSized } from "./re2.ts";

/** Steps of a search that compiling one instruction is worth. */
const STEPS_TO_COMPILE = 64;

/**
 * The port of {@link compileRe2} for patterns of a stranger: whatever is compiled by it and searched with it may
 * take `steps` together. A linear engine keeps one search from taking for ever, and not a large pattern on a
 * long text, or a thousand of them, from taking an hour. What is beyond is refused, or thrown in a search, which
 * the kernel takes for a deny.
 */
export function boundedRe2(steps: number): CompilePattern {
  let left = steps;
  const take = (wanted: number): boolean => {
    left -= wanted;
    return left >= 0;
  };
  return (source) => {
    const compiled = compileSized(source);
    if (!compiled.ok) {
      return compiled;
    }
    const { pattern, size } = compiled.value;
    if (!take(size * STEPS_TO_COMPILE)) {
      return err("The patterns are too much work together.");
    }
    const paid = (text: string): string => {
      if (!take(size * text.length)) {
        throw new RangeError("the patterns are too much work for these texts");
      }
      return text;
    };
    return ok({
      test: (text) => pattern.test(paid(text)),
      spans: (text) => pattern.spans(paid(text)),
    });
  };
}
