import { err, ok, type Result } from "../result.ts";
import { readStrictly } from "./strict-reader.ts";
import { isArray, type JsonValue } from "./value.ts";

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
 * pair. The platform's parser alone hides all three. Either of two proofs shows that nothing was hidden:
 * that the text is as short as the value can be spelled, or that it is what the platform writes for it.
 */
function readPlainly(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return isShortest(text, value) || isRewritten(text, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the text is as short as a text of the value can be, which leaves room for nothing hidden:
 *
 * - A member that was dropped because its name came again takes five characters or more.
 * - Without a backslash or a surrogate in the text, strings and names stand in it as they are.
 * - Every number counted is a safe integer, and no spelling of it is shorter than its digits: an exponent
 *   takes two characters and saves at most two zeros, as multiples of a thousand are not counted, and a
 *   text of fewer digits is another integer. So a short spelling cannot make up for a dropped member.
 */
function isShortest(text: string, value: JsonValue): boolean {
  return (
    !text.includes("\\") &&
    !SURROGATE.test(text) &&
    shortestLength(value, MAX_DEPTH) === text.length
  );
}

const SURROGATE = /[\ud800-\udfff]/;

/** Characters of the shortest text of a value without escapes; NaN for a number or a depth not counted. */
function shortestLength(value: JsonValue, depth: number): number {
  if (typeof value === "string") {
    return value.length + 2;
  }
  if (typeof value === "number") {
    return digitsOf(value);
  }
  if (typeof value !== "object" || value === null) {
    return value === false ? 5 : 4;
  }
  if (depth === 0) {
    return Number.NaN;
  }
  // The brackets, and a comma for each element but the last.
  let length = 2;
  if (isArray(value)) {
    for (const element of value) {
      length += shortestLength(element, depth - 1) + 1;
    }
    return value.length === 0 ? length : length - 1;
  }
  const names = Object.keys(value);
  for (const name of names) {
    length += name.length + 4 + shortestLength(value[name] ?? null, depth - 1);
  }
  return names.length === 0 ? length : length - 1;
}

/** Characters of an integer, of which no spelling is shorter; NaN for every other number. */
function digitsOf(value: number): number {
  if (!Number.isSafeInteger(value) || (value % 1000 === 0 && value !== 0)) {
    return Number.NaN;
  }
  let length = value < 0 ? 2 : 1;
  for (let bound = 10, size = Math.abs(value); size >= bound; bound *= 10) {
    length += 1;
  }
  return length;
}

/**
 * Whether the text equals what the platform writes for the value, which then hides nothing:
 *
 * - Every object is written with distinct names, and two names are never written alike, so the text
 *   has no duplicate; a dropped duplicate would also have left the written text shorter.
 * - Every number is written as the shortest text of its double. That text can still be an integer that
 *   a 64-bit reader reads exactly, and differently (9223372036854776000), so any number that starts
 *   with 16 digits is left to the strict reader; an integer of fewer digits is below 2^53 and exact.
 * - A lone surrogate is always written as `\ud...`, and a text with that in it is left out.
 */
function isRewritten(text: string, value: JsonValue): boolean {
  return (
    !text.includes("\\ud") &&
    !LONG_NUMBER.test(text) &&
    !mayNestTooDeep(text) &&
    JSON.stringify(value) === text
  );
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
