import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isArray, isObject, type JsonValue } from "@/kernel/json/value.ts";
import { looksLikeHash } from "@/lib/display/hash.ts";

/** Columns of an editor in the wider panes. */
const WIDTH = 60;
/** Columns that a hash or a key takes where the editor draws it short. */
const SHORT_HASH = 11;

/**
 * JSON text for an editor: members in the order given, two spaces for each level, and whatever fits on one
 * line on one line, so that a grant is three lines and not ten. Integers keep all their digits.
 *
 * @param width columns that a line should not pass
 */
export function layOutJson(value: JsonValue, width = WIDTH): string {
  return isObject(value) && Object.keys(value).length > 0
    ? braced(Object.entries(value).map(memberText(2, width)), 0)
    : written(value, 0, 0, width);
}

/** The same for a value inside a list or a difference, where an object begins on the line of its brace. */
export function layOutElement(value: JsonValue, width: number): string {
  return elementText(value, 0, width);
}

/** `used`: columns of the line that are taken before the value, its indent among them. */
function written(value: JsonValue, indent: number, used: number, width: number): string {
  const line = inline(value);
  if (used + shownLength(value) <= width) {
    return line;
  }
  if (isArray(value) && value.length > 0) {
    const elements = value.map((element) => elementText(element, indent + 2, width));
    return `[${broken(elements, indent)}]`;
  }
  if (!isObject(value)) {
    return line;
  }
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const name = canonicalize(only[0]);
    return `{ ${name}: ${written(only[1], indent, used + name.length + 4, width)} }`;
  }
  return entries.length === 0 ? line : braced(entries.map(memberText(indent + 2, width)), indent);
}

/** An object in a list begins on the line of its brace: a list of grants then reads as a list. */
function elementText(value: JsonValue, indent: number, width: number): string {
  if (!isObject(value) || indent + shownLength(value) <= width) {
    return written(value, indent, indent, width);
  }
  const members = Object.entries(value).map(memberText(indent + 2, width));
  return `{ ${members.join(`,\n${" ".repeat(indent + 2)}`)} }`;
}

function memberText(
  indent: number,
  width: number,
): (member: readonly [string, JsonValue]) => string {
  return ([name, value]) => {
    const head = `${canonicalize(name)}: `;
    return head + written(value, indent, indent + head.length, width);
  };
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
