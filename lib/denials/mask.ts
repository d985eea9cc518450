import { type Segment, segmentsOf } from "./mask-segments.ts";
import {
  CLOSE,
  DIGIT,
  ELLIPSIS,
  isDigit,
  kindOf,
  LETTER,
  OPEN,
  SPACE,
  STOP,
  TELLING,
} from "./mask-tables.ts";
import { isPathStart, MASKS, type MaskName, wholeWord } from "./mask-words.ts";

export type { MaskName } from "./mask-words.ts";

/** What stands for what was masked. Ids, hosts and so on of the same kind become the same text. */
export const MASK_SIGNS: Readonly<Record<MaskName | "long", string>> = {
  id: "‹id›",
  path: "‹path›",
  number: "‹n›",
  host: "‹host›",
  address: "‹address›",
  time: "‹time›",
  long: "‹long›",
};
export const ALL_MASKS: ReadonlySet<MaskName> = new Set(MASKS);

/** UTF-16 units of a masked reason, of what is read of a reason, and of a word that is kept. */
export const MAX_PATTERN = 300;
const MOST_READ = 4096;
const LONGEST_WORD = 200;
const LONGEST_QUOTED = 1024;
const LONGEST_NUMBER = 24;
const SIGNS: ReadonlySet<string> = new Set(Object.values(MASK_SIGNS));
const LONGEST_SIGN = 9;

/** One replacement: what kind, where in the reason (UTF-16 offsets, `to` exclusive), and what stood there. */
export interface Masked {
  readonly mask: MaskName | "long";
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * A reason with its particulars replaced, so that refusals for the same reason read the same: ids, hosts and
 * addresses, paths, times and numbers. Scopes, names of tools and words with digits (`sha256`, `v1`) stay.
 * White space and control characters become single spaces. At most {@link MAX_PATTERN} UTF-16 units, with an
 * ellipsis where something was left out.
 *
 * A reason is foreign text: it is scanned once, by hand, in time linear in what is read. Masking a masked reason
 * changes nothing.
 */
export function maskReason(reason: string, masks: ReadonlySet<MaskName> = ALL_MASKS): string {
  return scan(reason, masks, null);
}

/** What {@link maskReason} replaces in a reason, in order, but for spaces and what is beyond its length. */
export function explainMask(
  reason: string,
  masks: ReadonlySet<MaskName> = ALL_MASKS,
): readonly Masked[] {
  const found: Masked[] = [];
  scan(reason, masks, found);
  return found;
}

function scan(reason: string, masks: ReadonlySet<MaskName>, record: Masked[] | null): string {
  return new Scan(reason, masks, record).run();
}

/** One walk over one reason. */
class Scan {
  readonly #reason: string;
  readonly #masks: ReadonlySet<MaskName>;
  readonly #record: Masked[] | null;
  #out = "";
  /** Everything before it has been written, or left out. */
  #written = 0;

  constructor(reason: string, masks: ReadonlySet<MaskName>, record: Masked[] | null) {
    this.#reason = reason;
    this.#masks = masks;
    this.#record = record;
  }

  run(): string {
    const reason = this.#reason;
    const most = Math.min(reason.length, MOST_READ);
    /** Length of what is written up to the last word that leaves room for an ellipsis. */
    let roomy = 0;
    let at = 0;
    while (at < most && this.#out.length <= MAX_PATTERN) {
      const length = this.#out.length + at - this.#written;
      // A colon before a path is not left at the end, where it would be one of the word's.
      roomy = length < MAX_PATTERN && reason.charCodeAt(at - 1) !== 58 ? length : roomy;
      const plain = plainEnd(reason, at);
      at = plain > at ? plain : this.#next(at);
    }
    this.#out += reason.slice(this.#written, at);
    if (this.#out.length <= MAX_PATTERN && at >= reason.length) {
      return this.#out;
    }
    return shortened(this.#out, this.#out.length < MAX_PATTERN ? this.#out.length : roomy);
  }

  /** Reads what begins at an offset, and gives the next one. */
  #next(at: number): number {
    const reason = this.#reason;
    const code = reason.charCodeAt(at);
    const kind = kindOf(code);
    if ((kind & SPACE) !== 0) {
      return this.#spaces(at);
    }
    const isSign = code === OPEN && signEnd(reason, at) !== 0;
    if (((kind & STOP) !== 0 && !isSign) || (code === 58 && startsPathAfter(reason, at + 1))) {
      return at + 1;
    }
    const word = wordEnd(reason, at);
    if (word.end - at > LONGEST_WORD) {
      this.#replace(at, word.end, "long");
    } else if ((word.kinds & TELLING) !== 0) {
      this.#word(at, word);
    }
    return Math.max(word.end, this.#written);
  }

  #spaces(at: number): number {
    const reason = this.#reason;
    const end = spacesEnd(reason, at);
    const isInside = at > 0 && end < reason.length;
    if (!isInside || end > at + 1 || reason.charCodeAt(at) !== 32) {
      this.#out += reason.slice(this.#written, at) + (isInside ? " " : "");
      this.#written = end;
    }
    return end;
  }

  #word(from: number, word: Word): void {
    const reason = this.#reason;
    const end = word.hasSign ? word.end : trimmedEnd(reason, from, word.end);
    const whole = word.hasSign ? null : wholeWord(reason.slice(from, end));
    if (whole !== null) {
      if (this.#masks.has(whole)) {
        this.#replace(from, wholeEnd(reason, from, end, whole), whole);
      }
      return;
    }
    const segments: Segment[] = [];
    eachPlain(reason, from, end, segments);
    for (const segment of segments) {
      if (this.#masks.has(segment.mask)) {
        this.#replace(segment.from, segment.to, segment.mask);
      }
    }
  }

  #replace(from: number, to: number, mask: MaskName | "long"): void {
    this.#out += this.#reason.slice(this.#written, from) + MASK_SIGNS[mask];
    this.#written = to;
    this.#record?.push({ mask, from, to, text: this.#reason.slice(from, to) });
  }
}

/**
 * Most words are letters between single spaces and hold nothing to mask: their end, with the space after them.
 * The offset itself where it is not so simple.
 */
function plainEnd(text: string, from: number): number {
  let end = from;
  while (isLetter(text.charCodeAt(end))) {
    end += 1;
  }
  const isPlain = end > from && end - from <= LONGEST_WORD && text.charCodeAt(end) === 32;
  const next = text.charCodeAt(end + 1);
  return isPlain && next > 32 && next < 127 ? end + 1 : from;
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Segments of a word, but for the signs that stand in it. */
function eachPlain(text: string, from: number, to: number, found: Segment[]): void {
  let start = from;
  for (let at = from; at < to; at += 1) {
    if (text.charCodeAt(at) === OPEN) {
      const sign = signEnd(text, at);
      if (sign !== 0) {
        segmentsOf(text, start, at, found);
        start = sign;
        at = sign - 1;
      }
    }
  }
  segmentsOf(text, start, to, found);
}

function spacesEnd(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && (kindOf(text.charCodeAt(end)) & SPACE) !== 0) {
    end += 1;
  }
  return end;
}

interface Word {
  readonly end: number;
  readonly kinds: number;
  /** Holds what a mask left: only its other segments are looked at. */
  readonly hasSign: boolean;
}

function wordEnd(text: string, from: number): Word {
  let kinds = 0;
  let hasSign = false;
  let end = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const kind = kindOf(code);
    const sign = code === OPEN ? signEnd(text, end) : 0;
    if (sign !== 0) {
      hasSign = true;
      end = sign;
      continue;
    }
    if ((kind & (SPACE | STOP)) !== 0 && !joinsDigits(text, from, end)) {
      break;
    }
    // `read:/etc/passwd` is a name and a path, `C:/a` is one path, `https://` a beginning.
    if (code === 58 && startsPathAfter(text, end + 1) && !isDrive(text, from, end)) {
      break;
    }
    kinds |= kind;
    end += 1;
  }
  return { end, kinds, hasSign };
}

/** The comma of `1,000` in the word that begins at `from`. */
function joinsDigits(text: string, from: number, at: number): boolean {
  if (text.charCodeAt(at) !== 44 || at - from > LONGEST_NUMBER || at === from) {
    return false;
  }
  for (const digit of [at - 1, at + 1, at + 2, at + 3]) {
    if (!isDigit(text.charCodeAt(digit))) {
      return false;
    }
  }
  let before = at - 1;
  while (before >= from && isDigitOrComma(text.charCodeAt(before))) {
    before -= 1;
  }
  const first = before < from ? 0 : kindOf(text.charCodeAt(before));
  return ((first | kindOf(text.charCodeAt(at + 4))) & (LETTER | DIGIT)) === 0;
}

function isDigitOrComma(code: number): boolean {
  return isDigit(code) || code === 44;
}

/** A path after a colon is a word of its own; once it is masked, it still is. */
function startsPathAfter(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (next === OPEN) {
    return text.startsWith(MASK_SIGNS.path, at) || text.startsWith(MASK_SIGNS.long, at);
  }
  const slash = next === 126 ? at + 1 : at;
  return text.charCodeAt(slash) === 47 && text.charCodeAt(slash + 1) !== 47;
}

function isDrive(text: string, from: number, colon: number): boolean {
  return colon === from + 1 && (kindOf(text.charCodeAt(from)) & LETTER) !== 0;
}

function signEnd(text: string, from: number): number {
  for (let at = from + 1; at < from + LONGEST_SIGN && at < text.length; at += 1) {
    if (text.charCodeAt(at) === CLOSE) {
      return SIGNS.has(text.slice(from, at + 1)) ? at + 1 : 0;
    }
  }
  return 0;
}

/** Without the points, colons and the like at its end. */
function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from + 1) {
    const code = text.charCodeAt(end - 1);
    if (code !== 46 && code !== 58 && code !== 33 && code !== 63) {
      break;
    }
    end -= 1;
  }
  return end;
}

/** A link goes on to the next space or quote; a quoted path to its closing quote, spaces included. */
function wholeEnd(text: string, from: number, end: number, mask: MaskName): number {
  if (mask === "host" && text.slice(from, end).includes("://")) {
    return linkEnd(text, end);
  }
  const quote = text.charCodeAt(from - 1);
  if (mask === "path" && (quote === 34 || quote === 39 || quote === 96)) {
    return quotedEnd(text, from, end, quote);
  }
  return mask === "id" ? paddingEnd(text, end) : end;
}

function linkEnd(text: string, from: number): number {
  let end = from;
  let last = from;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const kind = kindOf(code);
    const isQuote = code === 34 || code === 39 || code === 96 || code === 60 || code === 62;
    if ((kind & SPACE) !== 0 || isQuote || ((kind & STOP) !== 0 && code > 127)) {
      break;
    }
    end += 1;
    last = (kind & (LETTER | DIGIT)) !== 0 || code === 47 ? end : last;
  }
  return last;
}

function quotedEnd(text: string, from: number, end: number, quote: number): number {
  if (!isPathStart(text.slice(from, end))) {
    return end;
  }
  const most = Math.min(text.length, from + LONGEST_QUOTED);
  for (let at = end; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      return at;
    }
    if (code < 32 || code === OPEN) {
      return end;
    }
  }
  return end;
}

/** One or two `=` that end base64. */
function paddingEnd(text: string, from: number): number {
  let end = from;
  while (end < from + 2 && text.charCodeAt(end) === 61) {
    end += 1;
  }
  const isEnd = end === text.length || (kindOf(text.charCodeAt(end)) & (SPACE | STOP)) !== 0;
  return isEnd && text.charCodeAt(end) !== 61 ? end : from;
}

/** Cut where a word begins, so that no part of a word is taken for another. */
function shortened(text: string, end: number): string {
  const kept = text.slice(0, end).trimEnd();
  return kept.charCodeAt(kept.length - 1) === ELLIPSIS ? kept : `${kept}…`;
}
