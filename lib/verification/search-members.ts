import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonArray, type JsonObject, member } from "@/kernel/json/value.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { isEnvelope } from "@/lib/ingest/kafka/carried.ts";
import { kindOf } from "./kind-of.ts";
import type { Found } from "./recognise.ts";

/** Envelopes are searched this deep: `{cases: [{receipt}]}`. */
export const ENVELOPE_DEPTH = 3;
/** Records of one row; more are told as not read. */
export const ENVELOPE_RECORDS = 100_000;

/** Adds what an object is, or what its members hold. */
export function search(
  value: JsonObject,
  pointer: string,
  wrapper: JsonObject | null,
  depth: number,
  found: Found[],
): void {
  if (isReceiptWrapper(value)) {
    const inner = member(value, "receipt");
    const receipt = isObject(inner) && detectForm(inner) !== null;
    if (detectForm(value) !== null) {
      // A receipt dressed up as a wrapper: one reader would take it, another what it wraps. Both are read.
      found.push({ kind: "receipt", value, pointer, wrapper });
      if (!receipt) {
        return;
      }
    }
    found.push({
      kind: receipt ? "receipt" : "unreadable-receipt",
      value: isObject(inner) ? inner : value,
      pointer: childPointer(pointer, "receipt"),
      wrapper: value,
    });
    return;
  }
  const kind = kindOf(value, pointer);
  if (kind !== null) {
    found.push({ kind, value, pointer, wrapper });
    return;
  }
  if (depth > 0) {
    searchMembers(value, pointer, null, depth, found);
  }
}

/** Searches what an object's members hold, but for one of them. */
export function searchMembers(
  value: JsonObject,
  pointer: string,
  except: string | null,
  depth: number,
  found: Found[],
): void {
  for (const name of Object.keys(value)) {
    const inner = name === except ? undefined : member(value, name);
    if (isObject(inner)) {
      search(inner, childPointer(pointer, name), value, depth - 1, found);
    } else if (isArray(inner)) {
      searchElements(inner, childPointer(pointer, name), depth, found);
    }
  }
}

export function searchElements(list: JsonArray, at: string, depth: number, found: Found[]): void {
  for (let index = 0; index < list.length; index += 1) {
    const element = list[index];
    if (found.length >= ENVELOPE_RECORDS) {
      tellLimit(childPointer(at, index), found);
      return;
    }
    if (isObject(element)) {
      search(element, childPointer(at, index), null, depth - 1, found);
    }
  }
}

/** Says once where reading ended. */
export function tellLimit(pointer: string, found: Found[]): void {
  if (found.at(-1)?.kind !== "refused") {
    found.push({ kind: "refused", code: "LIM-003", pointer, expected: null });
  }
}

/** `{seq, receipt}` of an export, a row of a store's claim log with its receipt, or an envelope of a topic. */
function isReceiptWrapper(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, "receipt") &&
    (Object.hasOwn(value, "seq") || Object.hasOwn(value, "entry_seq") || isEnvelope(value))
  );
}
