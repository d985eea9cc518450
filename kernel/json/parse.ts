import { err, ok, type Result } from "../result.ts";
import { readStrictly } from "./strict-reader.ts";
import type { JsonValue } from "./value.ts";

export interface ParsedJson {
  readonly value: JsonValue;
  /** Pointers of integers beyond 64 bits, which were read as doubles, as the reference does. */
  readonly beyondU64: readonly string[];
}

/**
 * Why a text is refused. `cut`: it ends inside a value. `number`: outside the range of doubles, or a
 * spelling that JSON lacks (`NaN`, `Infinity`). `depth`: more than {@link MAX_DEPTH} nested containers.
 */
export interface JsonProblem {
  readonly kind: "syntax" | "cut" | "duplicate-key" | "lone-surrogate" | "number" | "depth";
  /** UTF-16 index of the first character that cannot be accepted. */
  readonly offset: number;
  /** RFC 6901 pointer of the value that holds it. */
  readonly pointer: string;
}

/** Nested containers that are accepted, as in the reference parser (serde_json). */
export const MAX_DEPTH = 128;

const NOTHING_BEYOND: readonly string[] = [];

/**
 * Parses JSON (RFC 8259) without losing anything that a signature could cover: integers of the i64 and
 * u64 ranges stay exact, and a text that two readers could read differently is refused: duplicate
 * member names at any depth, lone surrogates, numbers outside JSON, and nesting beyond
 * {@link MAX_DEPTH}. Never throws on any text.
 */
export function parseJson(text: string): Result<ParsedJson, JsonProblem> {
  const value = readPlainly(text);
  if (value !== undefined) {
    return ok({ value, beyondU64: NOTHING_BEYOND });
  }
  const outcome = readStrictly(text, MAX_DEPTH);
  return "problem" in outcome ? err(outcome.problem) : ok(outcome);
}

/**
 * The platform's parser, for the texts on which it can be trusted; `undefined` for every other text,
 * the malformed ones included.
 *
 * The adversary writes a line in which the platform sees one value and another reader sees another: a
 * member twice (the last silently wins), an integer beyond 2^53 (silently rounded), half a surrogate
 * pair. The platform's parser alone hides all three. But a text that equals what the platform writes
 * for the value it read cannot hold any of them:
 *
 * - Every object is written with distinct names, and two names are never written alike, so the text
 *   has no duplicate; a dropped duplicate would also have left the written text shorter.
 * - Every number is written as the shortest text of its double. That text can still be an integer that
 *   a 64-bit reader reads exactly, and differently (9223372036854776000), so any number that starts
 *   with 16 digits is left to the strict reader; an integer of fewer digits is below 2^53 and exact.
 * - A lone surrogate is always written as `\ud...`, and a text with that in it is left out.
 */
function readPlainly(text: string): JsonValue | undefined {
  if (text.includes("\\ud") || LONG_NUMBER.test(text) || mayNestTooDeep(text)) {
    return undefined;
  }
  try {
    const value: JsonValue = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

const LONG_NUMBER = /(?:^|[:,[])-?\d{16}/;

/**
 * Whether the text could nest deeper than the bound, on which the platform's recursive functions could
 * exhaust the stack. Counting the opening brackets settles nearly every text; only one with very many
 * is walked.
 */
function mayNestTooDeep(text: string): boolean {
  return (
    (hasManyOf(text, "{", MAX_DEPTH / 2) || hasManyOf(text, "[", MAX_DEPTH / 2)) &&
    nestingOf(text) > MAX_DEPTH
  );
}

function hasManyOf(text: string, character: string, bound: number): boolean {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    count += 1;
    if (count > bound) {
      return true;
    }
  }
  return false;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** The deepest nesting outside strings. Brackets are matched by number, not by kind: an upper bound. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (inString) {
      if (unit === BACKSLASH) {
        at += 1;
      } else if (unit === QUOTE) {
        inString = false;
      }
    } else if (unit === QUOTE) {
      inString = true;
    } else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (unit === 0x7d || unit === 0x5d) {
      depth -= 1;
    }
  }
  return deepest;
}
