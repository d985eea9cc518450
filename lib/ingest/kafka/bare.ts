import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { objectAt } from "@/kernel/receipt/read.ts";
import { ok } from "@/kernel/result.ts";
import type { RecordForm, RowValue } from "./form.ts";

const ENVELOPES: ReadonlySet<JsonValue | undefined> = new Set([
  "chio-streaming/v1",
  "chio-streaming/dlq/v1",
]);

/**
 * A record's value alone, as `nats sub --raw` and every "save the value" writes it: one of the two envelopes,
 * or the documentation's dead letter. Other values are known by nothing.
 */
export const BARE: RecordForm = {
  name: "bare-value",
  recognises: (row) =>
    isObject(row) &&
    (ENVELOPES.has(member(row, "version")) || objectAt(row, "chio_denial") !== null),
  isPossible: () => true,
  read: (row, context) => {
    const isText = typeof row === "string";
    return ok({
      topic: context.topic ?? null,
      partition: null,
      offset: null,
      timestampMs: null,
      timestampType: null,
      key: null,
      value: row === null ? null : utf8(isText ? row : canonicalize(row)),
      headers: [],
      form: "bare-value",
      fidelity: "text",
    });
  },
  valueAt: bareValue,
};

/** The row is the value. What stands in a file for itself was written by whoever wrote the value. */
export function bareValue(row: JsonValue): RowValue | null {
  if (row === null) {
    return null;
  }
  return {
    pointer: "",
    text: typeof row === "string" ? { text: row, isExact: true } : null,
    state: "kept",
  };
}
