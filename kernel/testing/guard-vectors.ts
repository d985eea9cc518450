import { asText, asU64, isArray, isObject, type JsonObject, member } from "../json/value.ts";
import { readObject } from "./read-objects.ts";
import { vectorsDirectory } from "./vectors.ts";

/** The cases of one guard in `evaluation/guards.json`; none without vectors or where the file has no such guard. */
export function guardCases(guard: string): readonly (readonly [string, JsonObject])[] {
  const guards = vectorsDirectory() === null ? {} : objectAt(readObject(FILE), "guards");
  const cases = member(guards, guard);
  return (isArray(cases) ? cases.filter(isObject) : []).map(
    (one) =>
      [
        `${asText(member(one, "test")) ?? guard} ${JSON.stringify(one).slice(0, 120)}`,
        one,
      ] as const,
  );
}

const FILE = "evaluation/guards.json";

/** The object under a name; an empty one where there is none, or a word such as `"default"`. */
export function objectAt(object: JsonObject, name: string): JsonObject {
  const value = member(object, name);
  return isObject(value) ? value : {};
}

/** The texts under the first of these names that holds a list. */
export function textsAt(object: JsonObject, ...names: readonly string[]): readonly string[] | null {
  const list = names.map((name) => member(object, name)).find(isArray);
  return list === undefined ? null : list.flatMap((one) => asText(one) ?? []);
}

export function textAt(object: JsonObject, ...names: readonly string[]): string | null {
  return names.map((name) => asText(member(object, name))).find((one) => one !== undefined) ?? null;
}

export function u64At(object: JsonObject, name: string): bigint | null {
  return asU64(member(object, name)) ?? null;
}

export function numberAt(object: JsonObject, name: string): number | null {
  const value = member(object, name);
  return typeof value === "number" || typeof value === "bigint" ? Number(value) : null;
}

/** How the file names an answer of a guard. */
export function verdictOf(reason: string): string {
  return reason === "allow" ? "allow" : "deny";
}
