import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { Found, Recognised } from "./recognise.ts";

/** The receipts that a recognised record is or carries: an anchor proof carries one. */
export function receiptsWithin(found: Found): readonly Recognised[] {
  if (found.kind === "receipt") {
    return [found];
  }
  if (found.kind !== "anchor-proof") {
    return [];
  }
  const inner = member(found.value, "receipt");
  const pointer = `${found.pointer}/receipt`;
  return isObject(inner) ? [{ kind: "receipt", value: inner, pointer, wrapper: found.value }] : [];
}

/** The wrapper's sequence number. Exporters differ in writing it as a number or as digits. */
export function sequenceOf({ wrapper }: Recognised): bigint | null {
  return readSequence(wrapper === null ? undefined : member(wrapper, "seq"));
}

function readSequence(value: JsonValue | undefined): bigint | null {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) {
    return BigInt(value);
  }
  if (typeof value === "string" && /^\d{1,15}$/.test(value)) {
    return BigInt(value);
  }
  return null;
}
