import { utf8 } from "@/kernel/encoding.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { coordinatesOfPath, offsetAt } from "../path-coordinates.ts";
import { decodeLossily, decodeStrictly } from "../raw-records.ts";
import { TEXT_FORMS, type TextForm } from "../text/reading.ts";
import { ROW_MARK } from "../text/row.ts";
import { fromBase64 } from "./base64.ts";
import {
  type RecordContext,
  type RecordForm,
  type RowValue,
  readOffset,
  readTime,
  readTopic,
  type ValueText,
} from "./form.ts";
import type { KafkaHeader, KafkaRecord, RecordProblem } from "./record.ts";

/** The rows that lib/ingest/text makes of lines and cells, a form for each of its forms. */
const FORMS: ReadonlyMap<JsonValue | undefined, RecordForm> = new Map(
  TEXT_FORMS.map((form) => [form, formOf(form)]),
);

/** The form of a row that was made of text, or null. */
export function textRowForm(row: JsonValue): RecordForm | null {
  return isObject(row) && Object.hasOwn(row, ROW_MARK) ? (FORMS.get(row[ROW_MARK]) ?? null) : null;
}

function formOf(form: TextForm): RecordForm {
  return {
    name: form,
    recognises: (row) => isObject(row) && member(row, ROW_MARK) === form,
    read: (row, context) =>
      isObject(row) ? readRow(row, form, context) : err({ pointer: "", expected: "an object" }),
    valueAt: (row) => (isObject(row) ? valueAt(row) : null),
  };
}

function readRow(
  row: JsonObject,
  form: TextForm,
  { path = "", index }: RecordContext,
): Result<KafkaRecord, RecordProblem> {
  const topic = readTopic(member(row, "topic"));
  const partition = readPartition(member(row, "partition"));
  const offset = readOffset(member(row, "offset"));
  const time = readTime(member(row, "ts"));
  if (!topic.ok) return topic;
  if (!partition.ok) return partition;
  if (!offset.ok) return offset;
  if (!time.ok) return time;
  const isBase64 = member(row, "base64") === true;
  const key = octets(member(row, "key"), isBase64);
  const value = octets(member(row, "value"), isBase64);
  if (key === undefined) return err({ pointer: "/key", expected: "padded base64" });
  if (value === undefined) return err({ pointer: "/value", expected: "padded base64" });
  const type = member(row, "ts_type");
  // What a line does not say, the file's name may; where the line is the value, its number says the rest.
  const named = topic.value === null ? coordinatesOfPath(path) : null;
  const counted = form === "bare-value" && index !== undefined && named !== null;
  const isLossy = Object.hasOwn(row, "lossy") || member(row, "rewritten") === true;
  return ok({
    topic: topic.value ?? named?.topic ?? null,
    partition: partition.value ?? named?.partition ?? null,
    offset: counted ? offsetAt(named, index) : offset.value,
    timestampMs: time.value,
    timestampType: type === "create" || type === "log-append" ? type : null,
    key,
    value,
    headers: headersOf(member(row, "headers")),
    form,
    fidelity: isLossy ? "lossy" : isBase64 ? "exact" : "text",
  });
}

/** A cell is text: `007` is no partition that Kafka writes. */
function readPartition(value: JsonValue | undefined): Result<number | null, RecordProblem> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  const number =
    typeof value === "string" && /^(?:0|[1-9]\d{0,9})$/.test(value) ? Number(value) : -1;
  return number >= 0 && number < 2 ** 31
    ? ok(number)
    : err({ pointer: "/partition", expected: "an integer from 0 to 2147483647" });
}

/** Undefined where base64 is told and none stands there. */
function octets(value: JsonValue | undefined, isBase64: boolean): Uint8Array | null | undefined {
  if (typeof value !== "string") {
    return null;
  }
  return isBase64 ? (fromBase64(value) ?? undefined) : utf8(value);
}

function headersOf(value: JsonValue | undefined): readonly KafkaHeader[] {
  const headers: KafkaHeader[] = [];
  for (const pair of isArray(value) ? value : []) {
    const name = isArray(pair) ? pair[0] : undefined;
    const held = isArray(pair) ? pair[1] : undefined;
    if (typeof name === "string") {
      headers.push([name, typeof held === "string" ? utf8(held) : null]);
    }
  }
  return headers;
}

function valueAt(row: JsonObject): RowValue | null {
  const value = member(row, "value");
  if (typeof value !== "string") {
    return null;
  }
  const text = member(row, "base64") === true ? decoded(value) : { text: value, isExact: true };
  const state = member(row, "rewritten") === true ? "lost" : isReplaced(row) ? "replaced" : "kept";
  return text === null ? null : { pointer: "/value", text, state };
}

function isReplaced(row: JsonObject): boolean {
  const lossy = member(row, "lossy");
  return isArray(lossy) && lossy.includes("value");
}

function decoded(value: string): ValueText | null {
  const bytes = fromBase64(value);
  if (bytes === null) {
    return null;
  }
  const text = decodeStrictly(bytes);
  return text === null ? { text: decodeLossily(bytes), isExact: false } : { text, isExact: true };
}
