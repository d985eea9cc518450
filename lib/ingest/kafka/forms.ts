import { parseJson } from "@/kernel/json/parse.ts";
import { resolvePointer } from "@/kernel/json/pointer.ts";
import { isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import type { RecordForm, ValueText } from "./form.ts";
import { KCAT } from "./kcat.ts";
import { LOSSLESS } from "./lossless.ts";
import type { KafkaRecord } from "./record.ts";

/** The first that recognises a row decides. A further form is one file and one line here. */
const FORMS: readonly RecordForm[] = [LOSSLESS, KCAT];

/** The form of an exported record, or null for a row that is something else. */
export function recordForm(row: JsonObject): RecordForm | null {
  for (const form of FORMS) {
    if (form.recognises(row)) {
      return form;
    }
  }
  return null;
}

/** The record that a row holds, or null where it holds none or one that cannot be read. */
export function readKafkaRecord(row: JsonObject): KafkaRecord | null {
  const read = recordForm(row)?.read(row);
  return read?.ok === true ? read.value : null;
}

/** A record's value where it is text inside its row, with the pointer of the member that holds it. */
export interface InnerText extends ValueText {
  readonly pointer: string;
}

export function innerText(row: JsonObject): InnerText | null {
  const form = recordForm(row);
  const value = form === null ? null : form.valueText(row);
  return form === null || value === null ? null : { ...value, pointer: `/${form.valueMember}` };
}

/**
 * The value at a pointer that may go on through the text of a Kafka record's value: `/payload/receipt`
 * where `/payload` is a text, `/value_b64/receipt` through base64. Everywhere else as RFC 6901 has it.
 */
export function resolveInside(row: JsonValue, pointer: string): JsonValue | undefined {
  const inner = isObject(row) ? innerText(row) : null;
  if (inner === null || !(pointer === inner.pointer || pointer.startsWith(`${inner.pointer}/`))) {
    return resolvePointer(row, pointer);
  }
  const parsed = inner.isExact ? parseJson(inner.text) : null;
  return parsed?.ok === true
    ? resolvePointer(parsed.value.value, pointer.slice(inner.pointer.length))
    : undefined;
}
