import { DIGIT, isDigit, isHex, isLower, isUpper, kindOf, LETTER } from "./mask-tables.ts";

/** What a mask replaces. `long` is always replaced: no word of a sentence has 200 characters. */
export const MASKS = ["id", "path", "number", "host", "address", "time"] as const;
export type MaskName = (typeof MASKS)[number];

/** Endings by which a dotted word is a host, so that topics (`order.placed`) and file names are not. */
const HOST_ENDINGS: ReadonlySet<string> = new Set(
  (
    "com net org io dev app ai cloud info biz edu gov mil xyz online site shop tech " +
    "example test invalid local localdomain localhost internal intranet lan corp home arpa onion svc " +
    "uk de fr nl eu us ca au jp cn ru br ch se at be dk pl cz kr tw nz za"
  ).split(" "),
);

/**
 * What a word is as a whole: an address, a host (also with scheme, port or path), a path, a time, a token. Null
 * for everything else, whose segments are looked at one by one. Reads the word a bounded number of times.
 */
export function wholeWord(word: string): MaskName | null {
  if (isPathStart(word)) {
    return "path";
  }
  if (word.includes("://") && hasLetterOrDigit(word, 0)) {
    return "host";
  }
  if (isTime(word)) {
    return "time";
  }
  if (isAddress(word)) {
    return "address";
  }
  if (isHost(word) || isIpv6(word)) {
    return "host";
  }
  if (isToken(word)) {
    return "id";
  }
  return isLongPath(word) ? "path" : null;
}

/** `/a`, `~/a`, `./a`, `../a`, `C:\a`, `\\server\share`: begins as a path and goes on. */
export function isPathStart(word: string): boolean {
  const at = word.startsWith("~")
    ? 1
    : word.startsWith("..")
      ? 2
      : word.startsWith(".")
        ? 1
        : word.charCodeAt(1) === 58 && (kindOf(word.charCodeAt(0)) & LETTER) !== 0
          ? 2
          : 0;
  const first = word.charAt(at);
  return (first === "/" || first === "\\") && hasLetterOrDigit(word, at + 1);
}

/** A word with two slashes and a letter: `src/app/main`. With one it may be `server/tool`. */
function isLongPath(word: string): boolean {
  let slashes = 0;
  let letters = false;
  for (let at = 0; at < word.length; at += 1) {
    const character = word.charAt(at);
    slashes += character === "/" || character === "\\" ? 1 : 0;
    letters ||= (kindOf(word.charCodeAt(at)) & LETTER) !== 0;
  }
  return slashes >= 2 && letters;
}

function hasLetterOrDigit(word: string, from: number): boolean {
  for (let at = from; at < word.length; at += 1) {
    if ((kindOf(word.charCodeAt(at)) & (LETTER | DIGIT)) !== 0) {
      return true;
    }
  }
  return false;
}

/** Begins `2026-04-01`. */
function isTime(word: string): boolean {
  if (word.length < 10 || word.charAt(4) !== "-" || word.charAt(7) !== "-") {
    return false;
  }
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    if (!isDigit(word.charCodeAt(at))) {
      return false;
    }
  }
  return !isDigit(word.charCodeAt(10));
}

function isAddress(word: string): boolean {
  const at = word.indexOf("@");
  return at > 0 && word.indexOf(".", at) > at + 1 && hasLetterOrDigit(word, at);
}

function isHost(word: string): boolean {
  const host = hostPart(word);
  if (host === null) {
    return false;
  }
  if (host === "localhost" || isIpv4(host)) {
    return true;
  }
  const dot = host.lastIndexOf(".");
  return dot > 0 && host.length - dot <= 12 && HOST_ENDINGS.has(host.slice(dot + 1).toLowerCase());
}

/** What stands before a port, a path or a prefix length; null where that is none of a host. */
function hostPart(word: string): string | null {
  let end = 0;
  while (end < word.length && isHostCharacter(word.charCodeAt(end))) {
    end += 1;
  }
  let rest = end;
  if (word.charAt(rest) === ":") {
    rest += 1;
    const port = rest;
    while (isDigit(word.charCodeAt(rest))) {
      rest += 1;
    }
    if (rest === port) {
      return null;
    }
  }
  const next = word.charAt(rest);
  return next === "" || next === "/" || next === "?" || next === "#" ? word.slice(0, end) : null;
}

/** Letters, digits, `-`, `.`, `_` and the `*` of a pattern. */
function isHostCharacter(code: number): boolean {
  return (
    isDigit(code) ||
    isLower(code) ||
    isUpper(code) ||
    code === 45 ||
    code === 46 ||
    code === 95 ||
    code === 42
  );
}

function isIpv4(host: string): boolean {
  let groups = 1;
  let digits = 0;
  for (let at = 0; at < host.length; at += 1) {
    const code = host.charCodeAt(at);
    if (isDigit(code) && digits < 3) {
      digits += 1;
    } else if (code === 46 && digits > 0) {
      groups += 1;
      digits = 0;
    } else {
      return false;
    }
  }
  return groups === 4 && digits > 0;
}

/** Groups of at most four hexadecimal digits, a digit among them: eight groups, or `::` once. */
function isIpv6(word: string): boolean {
  let colons = 0;
  let run = 0;
  let decimal = false;
  let shortened = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code === 58) {
      shortened += word.charCodeAt(at + 1) === 58 ? 1 : 0;
      colons += 1;
      run = 0;
    } else if (code === 47 || code === 37) {
      break;
    } else if (isHex(code) && run < 4) {
      run += 1;
      decimal ||= isDigit(code);
    } else {
      return false;
    }
  }
  return decimal && (shortened === 1 ? colons <= 7 : shortened === 0 && colons === 7);
}

/** Base64 in either alphabet: long, of all kinds of characters, and changing between them all the time. */
function isToken(word: string): boolean {
  if (word.length < 24) {
    return false;
  }
  let changes = 0;
  let kinds = 0;
  let last = 0;
  for (let at = 0; at < word.length; at += 1) {
    const kind = tokenKind(word.charCodeAt(at));
    if (kind === 0) {
      return false;
    }
    kinds |= kind;
    changes += kind === last ? 0 : 1;
    last = kind;
  }
  return (kinds & 7) === 7 && changes * 3 >= word.length;
}

function tokenKind(code: number): number {
  if (isLower(code)) {
    return 1;
  }
  if (isUpper(code)) {
    return 2;
  }
  if (isDigit(code)) {
    return 4;
  }
  return code === 43 || code === 47 || code === 45 || code === 95 ? 8 : 0;
}
