import type { Note } from "./check.ts";
import { childPointer } from "./json/pointer.ts";
import type { JsonObject, JsonValue } from "./json/value.ts";

/** One record may bring a bounded number of notes about unknown members: a hostile one has thousands. */
const UNKNOWN_LISTED = 64;

/** A copy with the known members alone, those of `optional` left out where they are null or []. */
export function project(
  record: JsonObject,
  known: ReadonlySet<string>,
  optional: ReadonlySet<string>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([name, value]) => known.has(name) && !(optional.has(name) && isNothing(value)),
    ),
  );
}

/** The record without the named members, otherwise exactly as received. */
export function without(record: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** A copy in which one member has another value; used to respell keys in normal form. */
export function withMember(record: JsonObject, name: string, value: JsonValue): JsonObject {
  return { ...record, [name]: value };
}

/** FMT-008 notes for the members that a closed record does not know. */
export function unknownMembers(
  record: JsonObject,
  known: ReadonlySet<string>,
  pointer: string,
): readonly Note[] {
  return Object.keys(record)
    .filter((name) => !known.has(name))
    .slice(0, UNKNOWN_LISTED)
    .map((name) => ({ code: "FMT-008", pointer: childPointer(pointer, name), actual: null }));
}

/** An integer as JSON values hold it: a number where a double is exact. */
export function jsonInteger(value: bigint): JsonValue {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

function isNothing(value: JsonValue): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}
