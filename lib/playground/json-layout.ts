import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isArray, isObject, type JsonValue } from "@/kernel/json/value.ts";
import { looksLikeHash } from "@/lib/display/hash.ts";

/** Columns that an inner value may take on one line. */
const WIDTH = 56;
/** Columns that a hash or a key takes where the editor draws it short. */
const SHORT_HASH = 13;

/**
 * JSON text for an editor: members in the order given, two spaces for each level, and whatever fits on one
 * line on one line, so that a grant is three lines and not ten. Integers keep all their digits.
 */
export function layOutJson(value: JsonValue): string {
  return isObject(value) && Object.keys(value).length > 0
    ? braced(Object.entries(value).map(memberText(2)), 0)
    : written(value, 0);
}

function written(value: JsonValue, indent: number): string {
  const line = inline(value);
  if (indent + shownLength(value) <= WIDTH) {
    return line;
  }
  if (isArray(value) && value.length > 0) {
    return `[${broken(
      value.map((element) => elementText(element, indent + 2)),
      indent,
    )}]`;
  }
  if (!isObject(value)) {
    return line;
  }
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    return `{ ${canonicalize(only[0])}: ${written(only[1], indent)} }`;
  }
  return entries.length === 0 ? line : braced(entries.map(memberText(indent + 2)), indent);
}

/** An object in a list begins on the line of its brace: a list of grants then reads as a list. */
function elementText(value: JsonValue, indent: number): string {
  if (!isObject(value) || indent + shownLength(value) <= WIDTH) {
    return written(value, indent);
  }
  const members = Object.entries(value).map(memberText(indent + 2));
  return `{ ${members.join(`,\n${" ".repeat(indent + 2)}`)} }`;
}

function memberText(indent: number): (member: readonly [string, JsonValue]) => string {
  return ([name, value]) => `${canonicalize(name)}: ${written(value, indent)}`;
}

function braced(members: readonly string[], indent: number): string {
  return `{${broken(members, indent)}}`;
}

function broken(parts: readonly string[], indent: number): string {
  const line = `\n${" ".repeat(indent + 2)}`;
  return `${line}${parts.join(`,${line}`)}\n${" ".repeat(indent)}`;
}

function inline(value: JsonValue): string {
  if (isArray(value)) {
    return `[${value.map(inline).join(", ")}]`;
  }
  if (!isObject(value)) {
    return canonicalize(value);
  }
  const members = Object.entries(value).map(
    ([name, inner]) => `${canonicalize(name)}: ${inline(inner)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function shownLength(value: JsonValue): number {
  if (typeof value === "string" && looksLikeHash(value)) {
    return SHORT_HASH;
  }
  if (isArray(value)) {
    return value.reduce<number>((sum, element) => sum + shownLength(element) + 2, 2);
  }
  if (!isObject(value)) {
    return canonicalize(value).length;
  }
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + canonicalize(name).length + shownLength(inner) + 4,
    2,
  );
}
