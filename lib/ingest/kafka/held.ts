import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { fromBase64 } from "./base64.ts";
import type { Read, RowValue } from "./form.ts";
import { textOf } from "./octets.ts";

/** Octets of a key, a value or a header, and how they came through the export. */
export interface Held {
  readonly bytes: Uint8Array | null;
  /** `octets`: as they were. `text`: UTF-8 is assumed. `changed`: replaced, or written anew. */
  readonly kept: "octets" | "text" | "changed";
}

export const NOTHING_HELD: Held = { bytes: null, kept: "octets" };

/** Text, or JSON that a tool unpacked. U+FFFD stands where octets were that are no text. */
export function readText(value: JsonValue | undefined): Held {
  if (value === undefined || value === null) {
    return NOTHING_HELD;
  }
  return typeof value === "string"
    ? { bytes: utf8(value), kept: value.includes("\ufffd") ? "changed" : "text" }
    : { bytes: utf8(canonicalize(value)), kept: "changed" };
}

export function readBase64(value: JsonValue | undefined, pointer: string): Read<Held> {
  if (value === undefined || value === null) {
    return ok(NOTHING_HELD);
  }
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  return bytes === null
    ? err({ pointer, expected: "padded base64" })
    : ok({ bytes, kept: "octets" });
}

/** Where a value stands as text, or as JSON that a tool unpacked. */
export function textAt(value: JsonValue | undefined, pointer: string): RowValue | null {
  if (value === undefined || value === null) {
    return null;
  }
  return typeof value === "string"
    ? {
        pointer,
        text: { text: value, isExact: true },
        state: value.includes("\ufffd") ? "replaced" : "kept",
      }
    : { pointer, text: null, state: "rewritten" };
}

/** Where a value stands in base64. */
export function base64At(value: JsonValue | undefined, pointer: string): RowValue | null {
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  return bytes === null ? null : { pointer, text: textOf(bytes), state: "kept" };
}
