import { isArray, isObject, type JsonValue } from "../../json/value.ts";

/** A string anywhere in the arguments with the nearest enclosing member name; null at the top. */
export interface Leaf {
  readonly text: string;
  readonly key: string | null;
}

/** Every string of the arguments (kernel semantics 1.4). Numbers, booleans and null are none. */
export function stringLeaves(value: JsonValue, key: string | null = null): readonly Leaf[] {
  if (typeof value === "string") {
    return [{ text: value, key }];
  }
  if (isArray(value)) {
    return value.flatMap((item) => stringLeaves(item, key));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, item]) => stringLeaves(item, name))
    : [];
}

/** Every member of every object, at any depth. */
export function allMembers(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (isArray(value)) {
    return value.flatMap(allMembers);
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, item]) => [[name, item] as const, ...allMembers(item)])
    : [];
}

/** Upper-case ASCII letters in lower case, and nothing else: U+212A must not become a `k`. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
