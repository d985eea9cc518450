import { childPointer } from "../json/pointer.ts";
import {
  asText,
  asU64,
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
} from "../json/value.ts";
import { err, ok, type Result } from "../result.ts";
import { parseKeyOnce } from "../signing-material.ts";

/** The first place where a record is not what its form asks for: an RFC 6901 pointer and a noun for it. */
export interface ReadProblem {
  readonly pointer: string;
  readonly expected: string;
}

/** Reads one member, `undefined` where the record has none. */
export type Reader<T> = (value: JsonValue | undefined, pointer: string) => Result<T, ReadProblem>;

type Shape = Readonly<Record<string, Reader<unknown>>>;

/** What a shape reads: its members with what each of their readers gives. */
export type Read<S extends Shape> = {
  readonly [Name in keyof S]: S[Name] extends Reader<infer T> ? T : never;
};

export function refuse(pointer: string, expected: string): Result<never, ReadProblem> {
  return err({ pointer, expected });
}

/** The members of a shape, in its order; the others are not looked at. */
export function members<S extends Shape>(
  record: JsonObject,
  pointer: string,
  shape: S,
): Result<Read<S>, ReadProblem> {
  const read: [string, unknown][] = [];
  for (const [name, reader] of Object.entries(shape)) {
    const result = reader(member(record, name), childPointer(pointer, name));
    if (!result.ok) {
      return result;
    }
    read.push([name, result.value]);
  }
  return ok(Object.fromEntries(read) as Read<S>);
}

/**
 * Reads an object that has these members and no others. What an unknown member would restrict cannot be
 * known, so the record is refused rather than read without it.
 */
export function closed<S extends Shape>(noun: string, shape: S): Reader<Read<S>> {
  return (value, pointer) => {
    if (!isObject(value)) {
      return refuse(pointer, noun);
    }
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(shape, name));
    return unknown === undefined
      ? members(value, pointer, shape)
      : refuse(childPointer(pointer, unknown), `a member of ${noun}`);
  };
}

/** Null where the member is absent or null. */
export function optional<T>(reader: Reader<T>): Reader<T | null> {
  return (value, pointer) => (isAbsent(value) ? ok(null) : reader(value, pointer));
}

/** The items in order; none where the member is absent or null. */
export function optionalList<T>(reader: Reader<T>): Reader<readonly T[]> {
  const items = list(reader);
  return (value, pointer) => (isAbsent(value) ? ok([]) : items(value, pointer));
}

/** The items in order. */
export function list<T>(reader: Reader<T>): Reader<readonly T[]> {
  return (value, pointer) => {
    if (!isArray(value)) {
      return refuse(pointer, "a list");
    }
    const items: T[] = [];
    for (const [index, item] of value.entries()) {
      const read = reader(item, `${pointer}/${index}`);
      if (!read.ok) {
        return read;
      }
      items.push(read.value);
    }
    return ok(items);
  };
}

export function text(value: JsonValue | undefined, pointer: string): Result<string, ReadProblem> {
  const read = asText(value);
  return read === undefined ? refuse(pointer, "text") : ok(read);
}

/** A text that names something: an empty one would stand for no token at all. */
export function name(value: JsonValue | undefined, pointer: string): Result<string, ReadProblem> {
  const read = asText(value) ?? "";
  return read === "" ? refuse(pointer, "a name") : ok(read);
}

export function u64(value: JsonValue | undefined, pointer: string): Result<bigint, ReadProblem> {
  const read = asU64(value);
  return read === undefined ? refuse(pointer, "an unsigned 64-bit integer") : ok(read);
}

export function flag(value: JsonValue | undefined, pointer: string): Result<boolean, ReadProblem> {
  return typeof value === "boolean" ? ok(value) : refuse(pointer, "true or false");
}

/** A public key in canonical spelling. */
export function key(value: JsonValue | undefined, pointer: string): Result<string, ReadProblem> {
  const parsed = parseKeyOnce(asText(value) ?? "");
  return parsed.ok ? ok(parsed.value.canonical) : refuse(pointer, "a public key");
}

export function object(
  value: JsonValue | undefined,
  pointer: string,
): Result<JsonObject, ReadProblem> {
  return isObject(value) ? ok(value) : refuse(pointer, "an object");
}

/** One of a closed list of words. */
export function oneOf<T extends string>(noun: string, words: readonly T[]): Reader<T> {
  return (value, pointer) => {
    const word = words.find((candidate) => candidate === value);
    return word === undefined ? refuse(pointer, noun) : ok(word);
  };
}

/** The value as received, `undefined` where the member is absent. */
export function anything(value: JsonValue | undefined): Result<JsonValue | undefined, ReadProblem> {
  return ok(value);
}

function isAbsent(value: JsonValue | undefined): value is null | undefined {
  return value === undefined || value === null;
}
