import type { CompilePattern } from "../regex.ts";
import { err, ok } from "../result.ts";

/** The platform's engine behind the port: tests compile only patterns of their own. */
export const compileNative: CompilePattern = (source) => {
  try {
    const caseless = source.startsWith("(?i)");
    const pattern = new RegExp(caseless ? source.slice(4) : source, caseless ? "giu" : "gu");
    return ok({
      test: (text) => text.search(pattern) >= 0,
      spans: (text) =>
        [...text.matchAll(pattern)].map((match) => ({
          start: match.index,
          end: match.index + match[0].length,
        })),
    });
  } catch {
    return err("not a regular expression");
  }
};
