import { err, ok, type Result } from "../result.ts";

/**
 * One piece of a glob. `any`: any run of characters, `/` included. `components`: no or several whole path
 * components, each with the `/` behind it.
 */
export type GlobToken =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "one" }
  | {
      readonly kind: "class";
      readonly negated: boolean;
      readonly ranges: readonly CharacterRange[];
    }
  | { readonly kind: "any" }
  | { readonly kind: "components" };

export interface CharacterRange {
  readonly first: string;
  readonly last: string;
}

export type GlobMatcher = (text: string) => boolean;

/**
 * Compiles a glob (kernel semantics 2.2): `*` any run with `/`, `?` one character, `[a-z]` and `[!a-z]`,
 * `**` as a whole path component; everything else stands for itself; anchored at both ends. The matcher
 * takes at most the pattern's length steps for each character of the text. The error is a sentence.
 */
export function compileGlob(pattern: string): Result<GlobMatcher, string> {
  const tokens = parseGlob(pattern);
  return tokens.ok ? ok((text) => matchGlob(tokens.value, text, SAME)) : tokens;
}

/**
 * The same for texts that went through `fold`, which every literal of the pattern goes through too. `fold`
 * ends in upper case, so that a class holds a folded character if it holds it in either case.
 */
export function compileFoldedGlob(
  pattern: string,
  fold: (literal: string) => string,
): Result<GlobMatcher, string> {
  const tokens = parseGlob(pattern);
  if (!tokens.ok) {
    return tokens;
  }
  const folded = tokens.value.map((token) =>
    token.kind === "text" ? { ...token, text: fold(token.text) } : token,
  );
  return ok((text) => matchGlob(folded, text, BOTH_CASES));
}

/** The tokens of a pattern; neighbouring literals are one. */
export function parseGlob(pattern: string): Result<readonly GlobToken[], string> {
  const tokens: GlobToken[] = [];
  let literal = "";
  let at = 0;
  const push = (token: GlobToken) => {
    if (literal !== "") {
      tokens.push({ kind: "text", text: literal });
      literal = "";
    }
    tokens.push(token);
  };
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === "*") {
      const end = endOfStars(pattern, at);
      const token = starToken(pattern, at, end);
      if (token === null) {
        return err("** must be a whole path component");
      }
      push(token);
      at = token.kind === "components" ? end + 1 : end;
    } else if (character === "?") {
      push({ kind: "one" });
      at += 1;
    } else if (character === "[") {
      const end = endOfClass(pattern, at);
      const token = end === -1 ? null : classToken(pattern.slice(at + 1, end));
      if (token === null) {
        return err("a character class is open, empty or runs backwards");
      }
      push(token);
      at = end + 1;
    } else {
      literal += character;
      at += 1;
    }
  }
  if (literal !== "") {
    tokens.push({ kind: "text", text: literal });
  }
  return ok(tokens);
}

function endOfStars(pattern: string, from: number): number {
  let end = from;
  while (pattern[end] === "*") {
    end += 1;
  }
  return end;
}

function starToken(pattern: string, start: number, end: number): GlobToken | null {
  if (end - start === 1) {
    return { kind: "any" };
  }
  const opens = start === 0 || pattern[start - 1] === "/";
  if (end - start > 2 || !opens) {
    return null;
  }
  if (end === pattern.length) {
    return { kind: "any" };
  }
  return pattern[end] === "/" ? { kind: "components" } : null;
}

/** A `]` that stands first in the class is a member of it. */
function endOfClass(pattern: string, opening: number): number {
  const first = pattern[opening + 1] === "!" ? opening + 2 : opening + 1;
  return pattern.indexOf("]", first + 1);
}

function classToken(content: string): GlobToken | null {
  const negated = content.startsWith("!");
  const members = Array.from(negated ? content.slice(1) : content);
  const ranges: CharacterRange[] = [];
  for (let at = 0; at < members.length; ) {
    const first = members[at] ?? "";
    const last = members[at + 2];
    if (members[at + 1] === "-" && last !== undefined) {
      if (last < first) {
        return null;
      }
      ranges.push({ first, last });
      at += 3;
    } else {
      ranges.push({ first, last: first });
      at += 1;
    }
  }
  return { kind: "class", negated, ranges };
}

type Spellings = (character: string) => readonly string[];
const SAME: Spellings = (character) => [character];
const BOTH_CASES: Spellings = (character) => [character, character.toLowerCase()];

/**
 * Whether the whole text matches. Every wildcard may stop at any later place of its kind that an earlier
 * stop could have reached, so that only the last wildcard is ever tried again: no pattern backtracks.
 */
function matchGlob(tokens: readonly GlobToken[], text: string, spellings: Spellings): boolean {
  if (tokens.some((token) => token.kind === "text" && !text.includes(token.text))) {
    return false;
  }
  let at = 0;
  let index = 0;
  let wildcard: number | null = null;
  let stop = 0;
  for (;;) {
    const token = tokens[index];
    if (token === undefined) {
      if (at === text.length) {
        return true;
      }
    } else if (token.kind === "any" || token.kind === "components") {
      wildcard = index;
      stop = at;
      index += 1;
      continue;
    } else {
      const end = endOfMatch(token, text, at, spellings);
      if (end !== -1) {
        at = end;
        index += 1;
        continue;
      }
    }
    if (wildcard === null) {
      return false;
    }
    const next = nextStop(tokens, wildcard, text, stop);
    if (next === null) {
      return false;
    }
    stop = next;
    at = next;
    index = wildcard + 1;
  }
}

/** Where the last wildcard may stop next, or null. */
function nextStop(
  tokens: readonly GlobToken[],
  wildcard: number,
  text: string,
  stop: number,
): number | null {
  if (tokens[wildcard]?.kind === "components") {
    const separator = text.indexOf("/", stop);
    return separator === -1 ? null : separator + 1;
  }
  if (tokens[wildcard + 1] === undefined) {
    return text.length;
  }
  return stop < text.length ? stop + 1 : null;
}

function endOfMatch(
  token: Exclude<GlobToken, { kind: "any" | "components" }>,
  text: string,
  at: number,
  spellings: Spellings,
): number {
  if (token.kind === "text") {
    return text.startsWith(token.text, at) ? at + token.text.length : -1;
  }
  const point = text.codePointAt(at);
  if (point === undefined) {
    return -1;
  }
  const character = String.fromCodePoint(point);
  const fits =
    token.kind === "one" ||
    spellings(character).some(
      (spelling) =>
        token.ranges.some(({ first, last }) => first <= spelling && spelling <= last) !==
        token.negated,
    );
  return fits ? at + character.length : -1;
}
