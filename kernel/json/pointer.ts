import { isArray, isObject, type JsonValue, member } from "./value.ts";

/** The pointer (RFC 6901) of a member or element of what `base` points at. */
export function childPointer(base: string, token: string | number): string {
  return typeof token === "number"
    ? `${base}/${token}`
    : `${base}/${token.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The value at a pointer, or `undefined` where there is none or the pointer is malformed. */
export function resolvePointer(value: JsonValue, pointer: string): JsonValue | undefined {
  const tokens = tokensOf(pointer);
  if (tokens === null) {
    return undefined;
  }
  let current: JsonValue | undefined = value;
  for (const token of tokens) {
    if (isArray(current)) {
      current = ARRAY_INDEX.test(token) ? current[Number(token)] : undefined;
    } else {
      current = isObject(current) ? member(current, token) : undefined;
    }
  }
  return current;
}

/**
 * Where the value at a pointer stands in a JSON text that {@link ./parse.ts} accepted: UTF-16 offsets,
 * the end exclusive. Null where there is no such value. Steps over what is not on the way, so that a
 * page can mark one member of a large receipt without parsing it again.
 */
export function locate(text: string, pointer: string): { start: number; end: number } | null {
  const tokens = tokensOf(pointer);
  if (tokens === null) {
    return null;
  }
  let start = skipSpace(text, 0);
  for (const token of tokens) {
    const child =
      text[start] === "[" ? findElement(text, start, token) : findMember(text, start, token);
    if (child === null) {
      return null;
    }
    start = child;
  }
  const end = endOfValue(text, start);
  return end > start ? { start, end } : null;
}

const ARRAY_INDEX = /^(?:0|[1-9]\d*)$/;

function tokensOf(pointer: string): readonly string[] | null {
  if (pointer === "") {
    return [];
  }
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) {
    return null;
  }
  return pointer
    .slice(1)
    .split("/")
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function findElement(text: string, opening: number, token: string): number | null {
  if (!ARRAY_INDEX.test(token)) {
    return null;
  }
  let at = skipSpace(text, opening + 1);
  for (let left = Number(token); left > 0; left -= 1) {
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] !== ",") {
      return null;
    }
    at = skipSpace(text, at + 1);
  }
  return text[at] === "]" || at >= text.length ? null : at;
}

function findMember(text: string, opening: number, token: string): number | null {
  let at = text[opening] === "{" ? skipSpace(text, opening + 1) : text.length;
  while (text[at] === '"') {
    const nameEnd = endOfString(text, at);
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    if (decodedName(text.slice(at, nameEnd)) === token) {
      return value < text.length ? value : null;
    }
    const next = skipSpace(text, endOfValue(text, value));
    at = text[next] === "," ? skipSpace(text, next + 1) : text.length;
  }
  return null;
}

function decodedName(quoted: string): string | null {
  if (!quoted.includes("\\")) {
    return quoted.slice(1, -1);
  }
  try {
    const name: unknown = JSON.parse(quoted);
    return typeof name === "string" ? name : null;
  } catch {
    return null;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) {
    at += 1;
  }
  return at;
}

function endOfString(text: string, opening: number): number {
  let at = opening + 1;
  while (at < text.length && text[at] !== '"') {
    at += text[at] === "\\" ? 2 : 1;
  }
  return Math.min(at + 1, text.length);
}

function endOfValue(text: string, from: number): number {
  let at = from;
  let open = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === "{" || character === "[") {
      open += 1;
      at += 1;
      continue;
    } else if (character === "}" || character === "]") {
      if (open === 0) {
        return at;
      }
      open -= 1;
      at += 1;
    } else if (open > 0) {
      at += 1;
      continue;
    } else {
      return endOfScalar(text, at);
    }
    if (open === 0) {
      return at;
    }
  }
  return at;
}

function endOfScalar(text: string, from: number): number {
  let at = from;
  while (at < text.length && !",]} \t\n\r".includes(text.charAt(at))) {
    at += 1;
  }
  return at;
}
