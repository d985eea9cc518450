import { isArray, type JsonObject, type JsonValue } from "./value.ts";

/**
 * The canonical text of a value (RFC 8785): members in the order of their names' UTF-16 code units, no
 * white space, strings escaped only where JSON demands it, doubles in ECMAScript's shortest form, `-0`
 * as `0`. Integers beyond 2^53 are `bigint` and written exactly, which is the protocol's one departure
 * from RFC 8785. Strings must be well-formed, and nesting within the parser's bound, as in everything
 * that {@link ./parse.ts} yields.
 *
 * @throws RangeError on NaN and the infinities, which no JSON text holds.
 */
export function canonicalize(value: JsonValue): string {
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "object" && value !== null) {
    return isArray(value) ? arrayText(value) : objectText(value);
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`No JSON number: ${value}`);
  }
  return String(value);
}

/**
 * The same text in the dialect of older signers, which escape every control character of Unicode:
 * U+007F to U+009F become `\u007f` to `\u009f`. They occur inside strings only, so that the finished
 * text can be rewritten.
 */
export function canonicalizeCcEscape(value: JsonValue): string {
  return canonicalize(value).replace(
    CC_CHARACTERS,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
}

/** Whether the two dialects write this text differently. */
export function hasCcCharacter(text: string): boolean {
  return CC_CHARACTER.test(text);
}

const CC_CHARACTER = /[\u007f-\u009f]/;
const CC_CHARACTERS = new RegExp(CC_CHARACTER, "g");

function arrayText(elements: readonly JsonValue[]): string {
  let text = "[";
  let separator = "";
  for (const element of elements) {
    text += separator + canonicalize(element);
    separator = ",";
  }
  return `${text}]`;
}

function objectText(object: JsonObject): string {
  let text = "{";
  let separator = "";
  for (const name of sortedNames(object)) {
    const value = object[name];
    if (value === undefined) {
      continue;
    }
    text += separator + quotedName(name) + canonicalize(value);
    separator = ",";
  }
  return `${text}}`;
}

/** Canonical input is common, so the order is checked before anything is sorted. */
function sortedNames(object: JsonObject): readonly string[] {
  const names = Object.keys(object);
  let previous = "";
  for (const name of names) {
    if (name < previous) {
      return names.length > FEW_NAMES ? names.sort() : sortFew(names);
    }
    previous = name;
  }
  return names;
}

const FEW_NAMES = 24;

/** Insertion, in place: for a handful of names several times faster than the platform's general sort. */
function sortFew(names: string[]): readonly string[] {
  for (let index = 1; index < names.length; index += 1) {
    const name = names[index] ?? "";
    let at = index;
    for (let before = names[at - 1] ?? ""; at > 0 && name < before; before = names[at - 1] ?? "") {
      names[at] = before;
      at -= 1;
    }
    names[at] = name;
  }
  return names;
}

const QUOTED_NAMES = new Map<string, string>();
const MAX_QUOTED_NAMES = 1024;
const MAX_CACHED_NAME = 64;

/**
 * A name in quotes with its colon. Receipts repeat a few dozen names a million times; the bounds keep a
 * hostile file with ever new names from filling the memory.
 */
function quotedName(name: string): string {
  const known = QUOTED_NAMES.get(name);
  if (known !== undefined) {
    return known;
  }
  const quoted = `${JSON.stringify(name)}:`;
  if (QUOTED_NAMES.size < MAX_QUOTED_NAMES && name.length <= MAX_CACHED_NAME) {
    QUOTED_NAMES.set(name, quoted);
  }
  return quoted;
}
