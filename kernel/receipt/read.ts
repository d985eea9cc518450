import { asText, isObject, type JsonObject, member } from "../json/value.ts";

/** The object under a name, or null. */
export function objectAt(object: JsonObject, name: string): JsonObject | null {
  const value = member(object, name);
  return isObject(value) ? value : null;
}

/** The text under a name, or the empty one. */
export function text(object: JsonObject, name: string): string {
  return asText(member(object, name)) ?? "";
}

/** The text under a name, or null. */
export function textOrNull(object: JsonObject, name: string): string | null {
  return asText(member(object, name)) ?? null;
}
