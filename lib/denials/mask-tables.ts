/** What a character of a reason is to the scanner, as bits: a word's bits say which questions it is worth. */
export const LETTER = 1;
export const DIGIT = 2;
export const SLASH = 4;
export const AT = 8;
export const DOT = 16;
/** Stands inside words between their segments. */
export const JOINT = 32;
export const SPACE = 64;
/** Ends a word. */
export const STOP = 128;
/** A word without one of these holds nothing that a mask replaces. */
export const TELLING = DIGIT | SLASH | AT | DOT;

/** Of our own marks. */
export const OPEN = "‹".charCodeAt(0);
export const CLOSE = "›".charCodeAt(0);
export const ELLIPSIS = "…".charCodeAt(0);

const TABLE = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  TABLE[code] = asciiKind(code);
}

function asciiKind(code: number): number {
  if (code <= 0x20 || code === 0x7f) {
    return SPACE;
  }
  const character = String.fromCharCode(code);
  if (isDigit(code)) {
    return DIGIT;
  }
  if (/[A-Za-z]/u.test(character)) {
    return LETTER;
  }
  switch (character) {
    case "/":
    case "\\":
      return JOINT | SLASH;
    case "@":
      return JOINT | AT;
    case ".":
      return JOINT | DOT;
    default:
      return "\"'`()[]{}<>,;|=".includes(character) ? STOP : JOINT;
  }
}

/** Bits of a UTF-16 code unit. Everything beyond ASCII is a letter, but for spaces, quotes and our own marks. */
export function kindOf(code: number): number {
  // Also NaN, which stands before and after a text.
  if (!(code >= 128)) {
    return TABLE[code] ?? SPACE;
  }
  if (code <= 0xa0 || code === 0x2028 || code === 0x2029 || code === 0xfeff) {
    return SPACE;
  }
  return (code >= 0x2018 && code <= 0x201f) ||
    code === 0xab ||
    code === 0xbb ||
    code === ELLIPSIS ||
    code === OPEN ||
    code === CLOSE
    ? STOP
    : LETTER;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isHex(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}
