import { parseJson } from "../json/parse.ts";
import { isObject, type JsonObject } from "../json/value.ts";
import { readVector } from "./vectors.ts";

/** A vector file that holds one JSON object. */
export function readObject(path: string): JsonObject {
  return objectOf(readVector(path), path);
}

/** A vector file that holds one JSON object a line. */
export function readLines(path: string): readonly JsonObject[] {
  return readVector(path)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => objectOf(line, path));
}

function objectOf(text: string, path: string): JsonObject {
  const parsed = parseJson(text);
  if (!parsed.ok || !isObject(parsed.value.value)) {
    throw new Error(`${path} holds no object`);
  }
  return parsed.value.value;
}
