/**
 * A losslessly parsed JSON value. Integers that a double holds exactly are `number`; other integers of
 * the i64 and u64 ranges are `bigint`; everything else is the nearest double, as in the reference
 * implementation. Objects may have any own member name, `__proto__` included: read members with
 * {@link member}, which never sees the prototype.
 */
export type JsonValue = null | boolean | string | number | bigint | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The own member of an object, or `undefined` where it has none of that name. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value as an unsigned 64-bit integer, or `undefined` where it is none. */
export function asU64(value: JsonValue | undefined): bigint | undefined {
  if (typeof value === "bigint") {
    return value >= 0n && value < 1n << 64n ? value : undefined;
  }
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? BigInt(value)
    : undefined;
}

export function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
