import { decodeLossily, decodeStrictly } from "../raw-records.ts";
import type { ValueText } from "./form.ts";

/** Octets as the text that they hold. */
export function textOf(bytes: Uint8Array): ValueText {
  const text = decodeStrictly(bytes);
  return text === null ? { text: decodeLossily(bytes), isExact: false } : { text, isExact: true };
}
