/** A number token of RFC 8259, from where the pattern is set. */
export const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What a number may look like when the text ends inside it. */
export const CUT_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:(?<=\d)[eE][+-]?)?)?$/y;
/** What other languages write for numbers that JSON lacks: `+1`, `.5`, `NaN`. */
export const FOREIGN_NUMBER = /[-+]?(?:NaN|Infinity|\.?\d)/y;
/** What makes another language's number of a token of JSON: `01`, `1.`, `0x10`, `1_000`. */
export const FOREIGN_ENDING = /[\w.+-]/y;
export const HEX4 = /[0-9a-fA-F]{4}/y;

export const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

const MIN_I64 = -(2n ** 63n);
const MAX_U64 = 2n ** 64n - 1n;
/** Longer tokens are never made a BigInt: a hostile one has a million digits. */
const MAX_U64_DIGITS = 20;

/**
 * The value of a number token: a double where it is a fraction, has an exponent, or is an integer that
 * doubles hold exactly; an exact integer within i64 or u64; else one of the two problems.
 */
export function numberOf(token: string): number | bigint | "beyond-64-bits" | "out-of-range" {
  const double = Number(token);
  if (!Number.isFinite(double)) {
    return "out-of-range";
  }
  if (Number.isSafeInteger(double) || /[.eE]/.test(token)) {
    return double;
  }
  const digits = token.startsWith("-") ? token.length - 1 : token.length;
  if (digits > MAX_U64_DIGITS) {
    return "beyond-64-bits";
  }
  const exact = BigInt(token);
  return exact >= MIN_I64 && exact <= MAX_U64 ? exact : "beyond-64-bits";
}

const ANY_SURROGATE = /[\ud800-\udfff]|\\u[dD]/;
/** In Unicode mode a surrogate matches only where it has no partner. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

export function mayHoldSurrogates(text: string): boolean {
  return ANY_SURROGATE.test(text);
}

/**
 * Where a string literal, whose content stands from `start` to `end`, has half a surrogate pair; null
 * where it is well-formed. Judges the text as written, too: half a pair beside an escaped half is no
 * character in UTF-8.
 */
export function findLoneSurrogate(
  text: string,
  start: number,
  end: number,
  decoded: string,
): number | null {
  const written = LONE_SURROGATE.exec(text.slice(start, end));
  if (written !== null) {
    return start + written.index;
  }
  const lone = LONE_SURROGATE.exec(decoded);
  if (lone === null) {
    return null;
  }
  let at = start;
  for (let left = lone.index; left > 0; left -= 1) {
    const escaped = text[at] === "\\";
    at += escaped ? (text[at + 1] === "u" ? 6 : 2) : 1;
  }
  return at;
}
