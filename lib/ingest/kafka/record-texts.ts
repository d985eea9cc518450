import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { decodeStrictly } from "../raw-records.ts";
import type { KafkaRecord } from "./record.ts";

/**
 * Distinct values of one header that are read. A hostile record has a million, and what they name is related
 * to each other.
 */
const MOST_VALUES = 32;
const NOTHING: readonly string[] = [];

/**
 * The distinct texts of a header, in their order; names are compared without case, as HTTP bridges respell
 * them. Values that are no text, or empty, are left out.
 *
 * @param name in lower case
 */
export function headerValues({ headers }: KafkaRecord, name: string): readonly string[] {
  let found: Set<string> | null = null;
  for (const [spelled, bytes] of headers) {
    if (bytes === null || spelled.length !== name.length || spelled.toLowerCase() !== name) {
      continue;
    }
    const value = named(decodeStrictly(bytes) ?? "");
    if (value !== "") {
      found ??= new Set();
      found.add(value);
      if (found.size === MOST_VALUES) {
        break;
      }
    }
  }
  return found === null ? NOTHING : [...found];
}

/** As in the columns of ids, which U+0000 joins. */
export function named(id: string): string {
  return id.includes("\u0000") ? id.replaceAll("\u0000", " ") : id;
}

const BRACE = 0x7b;

/** The record's value where it is a JSON object, else null. */
export function valueObject({ value }: KafkaRecord): JsonObject | null {
  const isText = value?.includes(BRACE) === true;
  const textual = isText ? decodeStrictly(value) : null;
  const parsed = textual === null ? null : parseJson(textual);
  return parsed?.ok === true && isObject(parsed.value.value) ? parsed.value.value : null;
}
