import { DIGIT, isDigit, isHex, isLower, isUpper, kindOf, LETTER } from "./mask-tables.ts";
import type { MaskName } from "./mask-words.ts";

/** A part of a word that a mask replaces: UTF-16 offsets in the text. */
export interface Segment {
  readonly mask: MaskName;
  readonly from: number;
  readonly to: number;
}

/** Names before `_` or `-` after which an id follows, however short. */
const PREFIXES: ReadonlySet<string> = new Set([
  "rcpt",
  "receipt",
  "cap",
  "capability",
  "req",
  "request",
  "sess",
  "session",
  "tok",
  "token",
  "txn",
  "trace",
  "span",
]);
const LONGEST_PREFIX = 10;
/** Letters after a number that stay, so that seconds and octets remain different reasons. */
const UNITS: ReadonlySet<string> = new Set(
  "ns us ms s m h d w b kb mb gb tb kib mib gib tib k usd eur gbp".split(" "),
);
const LONGEST_UNIT = 3;

/**
 * Parts of `text` between `from` and `to` (a word without spaces) that are ids or numbers on their own: what
 * stands between the joints `-_.:/` and others. Each is judged by itself and the name before it, never by what
 * another mask did, so that masking what is masked changes nothing.
 */
export function segmentsOf(text: string, from: number, to: number, found: Segment[]): void {
  let at = from;
  let before = from;
  while (at < to) {
    if ((kindOf(text.charCodeAt(at)) & (LETTER | DIGIT)) === 0) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < to && (kindOf(text.charCodeAt(end)) & (LETTER | DIGIT)) !== 0) {
      end += 1;
    }
    const segment = judge(text, at, end, { before, to });
    if (segment !== null) {
      found.push(segment);
      end = segment.to;
    }
    before = at;
    at = end;
  }
}

function judge(
  text: string,
  from: number,
  to: number,
  word: { readonly before: number; readonly to: number },
): Segment | null {
  const uuid = uuidEnd(text, from, to, word.to);
  if (uuid !== 0) {
    return { mask: "id", from, to: uuid };
  }
  const shape = shapeOf(text, from, to);
  if (shape.digits === 0) {
    return null;
  }
  if (followsPrefix(text, word.before, from) || isId(shape, to - from)) {
    return { mask: "id", from, to };
  }
  const number = isDigit(text.charCodeAt(from)) ? numberEnd(text, from, word.to) : 0;
  return number === 0 ? null : { mask: "number", from, to: number };
}

/** 8-4-4-4-12 hexadecimal digits; 0 for none. */
function uuidEnd(text: string, from: number, to: number, limit: number): number {
  if (to - from !== 8 || from + 36 > limit || text.charCodeAt(to) !== 45) {
    return 0;
  }
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(from + at);
    const joint = at === 8 || at === 13 || at === 18 || at === 23;
    if (joint ? code !== 45 : !isHex(code)) {
      return 0;
    }
  }
  const after = from + 36;
  return after < limit && (kindOf(text.charCodeAt(after)) & (LETTER | DIGIT)) !== 0 ? 0 : after;
}

interface Shape {
  readonly digits: number;
  readonly hex: boolean;
  /** Where digits begin or end, and where capitals follow small letters. */
  readonly changes: number;
  readonly humps: number;
}

function shapeOf(text: string, from: number, to: number): Shape {
  let digits = 0;
  let hex = true;
  let changes = 0;
  let humps = 0;
  let last = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    const digit = isDigit(code);
    digits += digit ? 1 : 0;
    hex &&= isHex(code);
    changes += at > from && digit !== isDigit(last) ? 1 : 0;
    humps += isUpper(code) && isLower(last) ? 1 : 0;
    last = code;
  }
  return { digits, hex, changes, humps };
}

/** `sha256`, `v1` and `ed25519` change once, a random text all the time. Digits alone are a number. */
function isId({ digits, hex, changes, humps }: Shape, length: number): boolean {
  if (digits === length) {
    return false;
  }
  return (
    (hex && length >= 8) ||
    (length >= 8 && changes >= 4) ||
    (length >= 16 && changes >= 3) ||
    (length >= 20 && humps >= 4)
  );
}

function followsPrefix(text: string, before: number, from: number): boolean {
  const joint = text.charCodeAt(from - 1);
  const length = from - 1 - before;
  return (
    (joint === 95 || joint === 45) &&
    length > 0 &&
    length <= LONGEST_PREFIX &&
    PREFIXES.has(text.slice(before, from - 1))
  );
}

/**
 * Where a number ends that begins at `from`: digits, also in groups by `.` or `,`, and then a joint or a unit,
 * which stays. 0 where it is none.
 */
function numberEnd(text: string, from: number, to: number): number {
  let good = 0;
  let at = from;
  while (true) {
    while (at < to && isDigit(text.charCodeAt(at))) {
      at += 1;
    }
    let end = at;
    while (end < to && (kindOf(text.charCodeAt(end)) & (LETTER | DIGIT)) !== 0) {
      end += 1;
    }
    if (end > at) {
      const isUnit = end - at <= LONGEST_UNIT && UNITS.has(text.slice(at, end).toLowerCase());
      return isUnit ? at : good;
    }
    good = at;
    const joint = text.charCodeAt(at);
    if (at + 1 >= to || (joint !== 46 && joint !== 44) || !isDigit(text.charCodeAt(at + 1))) {
      return good;
    }
    at += 1;
  }
}
