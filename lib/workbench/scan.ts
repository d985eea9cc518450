export interface Token {
  readonly kind: "word" | "quoted" | "text" | "number" | "symbol";
  /** A word in lower case, a quoted name without its quotes, else as written. */
  readonly text: string;
  /** UTF-16 index of its first character. */
  readonly at: number;
}

const SPACE = /\s/u;
const WORD_START = /[\p{L}_]/u;
const WORD_PART = /[\p{L}\p{N}_$]/u;
const DIGIT = /[0-9]/;
const TAG = /\$[\p{L}\p{N}_]*\$/uy;

/**
 * The tokens of a statement, comments left out, in one pass. It serves messages and a first look: what is
 * one question, the engine's own parser decides (lib/database/user-query.ts).
 */
export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (SPACE.test(character)) {
      at += 1;
    } else if (text.startsWith("--", at)) {
      at = orEnd(text, text.indexOf("\n", at));
    } else if (text.startsWith("/*", at)) {
      at = commentEnd(text, at);
    } else if (
      character === "'" ||
      ((character === "e" || character === "E") && text[at + 1] === "'")
    ) {
      const end = character === "'" ? quotedEnd(text, at, "'") : escapedEnd(text, at + 1);
      tokens.push({ kind: "text", text: text.slice(at, end), at });
      at = end;
    } else if (character === '"') {
      const end = quotedEnd(text, at, '"');
      const name = text.slice(at + 1, end - 1).replaceAll('""', '"');
      tokens.push({ kind: "quoted", text: name, at });
      at = end;
    } else if (character === "$" && tagAt(text, at) !== null) {
      const tag = tagAt(text, at) ?? "";
      const end = text.indexOf(tag, at + tag.length);
      const next = end < 0 ? text.length : end + tag.length;
      tokens.push({ kind: "text", text: text.slice(at, next), at });
      at = next;
    } else {
      const kind = WORD_START.test(character)
        ? "word"
        : DIGIT.test(character)
          ? "number"
          : "symbol";
      let end = at + 1;
      while (kind !== "symbol" && end < text.length && WORD_PART.test(text[end] ?? "")) {
        end += 1;
      }
      const found = text.slice(at, end);
      tokens.push({ kind, text: kind === "word" ? found.toLowerCase() : found, at });
      at = end;
    }
  }
  return tokens;
}

function orEnd(text: string, at: number): number {
  return at < 0 ? text.length : at;
}

/** Comments nest. */
function commentEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    if (text.startsWith("/*", at)) {
      depth += 1;
      at += 2;
    } else if (text.startsWith("*/", at)) {
      depth -= 1;
      at += 2;
      if (depth === 0) {
        return at;
      }
    } else {
      at += 1;
    }
  }
  return text.length;
}

/** The quote stands for itself when it is doubled. */
function quotedEnd(text: string, from: number, quote: string): number {
  let at = from + 1;
  while (at < text.length) {
    if (text[at] !== quote) {
      at += 1;
    } else if (text[at + 1] === quote) {
      at += 2;
    } else {
      return at + 1;
    }
  }
  return text.length;
}

function escapedEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    if (text[at] === "\\" || (text[at] === "'" && text[at + 1] === "'")) {
      at += 2;
    } else if (text[at] === "'") {
      return at + 1;
    } else {
      at += 1;
    }
  }
  return text.length;
}

function tagAt(text: string, at: number): string | null {
  TAG.lastIndex = at;
  return TAG.exec(text)?.[0] ?? null;
}
