import type { TextHeader } from "./row.ts";

export interface GoHeaders {
  readonly headers: readonly TextHeader[];
  /** A value was cut by the tool, or holds octets that are no text. */
  readonly isCut: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const REPLACEMENT = "\ufffd";

/**
 * `[name="value" name=nil name=<empty>]` as a Go client writes headers: values in Go's quotes, and
 * `"the beginning"(12 more bytes)` for a long one. One pass. Null for any other text.
 */
export function readGoHeaders(text: string): GoHeaders | null {
  if (!text.startsWith("[") || !text.endsWith("]")) return null;
  const headers: TextHeader[] = [];
  let isCut = false;
  const end = text.length - 1;
  for (let at = 1; at < end; ) {
    const equals = text.indexOf("=", at);
    if (equals < 0 || equals >= end) return null;
    const name = text.slice(at, equals);
    const from = equals + 1;
    if (text[from] === '"') {
      const quoted = readQuoted(text, from + 1, end);
      if (quoted === null) return null;
      const more = text[quoted.end] === "(" ? moreEnd(text, quoted.end) : quoted.end;
      isCut ||= quoted.isReplaced || more > quoted.end;
      headers.push([name, quoted.value]);
      at = more;
    } else if (text.startsWith("nil", from)) {
      headers.push([name, null]);
      at = from + 3;
    } else if (text.startsWith("<empty>", from)) {
      headers.push([name, ""]);
      at = from + 7;
    } else {
      return null;
    }
    if (at < end && text[at] !== " ") return null;
    at += 1;
  }
  return { headers, isCut };
}

/** Behind `(12 more bytes)`. */
function moreEnd(text: string, at: number): number {
  const found = /^\(\d{1,10} more bytes\)/.exec(text.slice(at, at + 32));
  return found === null ? at : at + found[0].length;
}

interface Quoted {
  readonly value: string;
  /** Behind the closing quote. */
  readonly end: number;
  readonly isReplaced: boolean;
}

function readQuoted(text: string, from: number, limit: number): Quoted | null {
  const parts: string[] = [];
  let isReplaced = false;
  let start = from;
  for (let at = from; at < limit; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      parts.push(text.slice(start, at));
      return { value: parts.join(""), end: at + 1, isReplaced };
    }
    if (sign !== "\\") continue;
    parts.push(text.slice(start, at));
    const escaped = text[at + 1] ?? "";
    const digits = { x: 2, u: 4, U: 8 }[escaped] ?? 0;
    if (digits === 0) {
      const plain = Object.hasOwn(ESCAPES, escaped) ? ESCAPES[escaped] : undefined;
      if (plain === undefined) return null;
      parts.push(plain);
    } else {
      const hex = text.slice(at + 2, at + 2 + digits);
      const code = /^[\da-f]+$/i.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : -1;
      if (code < 0 || code > 0x10ffff) return null;
      // An octet that Go writes alone is no text, unless it is ASCII.
      const isOctet = escaped === "x" && code > 0x7f;
      isReplaced ||= isOctet;
      parts.push(isOctet ? REPLACEMENT : String.fromCodePoint(code));
    }
    at += 1 + digits;
    start = at + 1;
  }
  return null;
}
