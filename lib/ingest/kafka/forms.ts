import { parseJson } from "@/kernel/json/parse.ts";
import { resolvePointer } from "@/kernel/json/pointer.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { AKHQ, AKHQ_RESULTS } from "./akhq.ts";
import { BARE } from "./bare.ts";
import { CONFLUENT_S3 } from "./confluent-s3.ts";
import { CONNECT } from "./connect.ts";
import { DEBEZIUM } from "./debezium.ts";
import { ELASTIC_BULK } from "./elastic-bulk.ts";
import { EVENTBRIDGE } from "./eventbridge.ts";
import type { ContainedRow, ContainerForm, RecordContext, RecordForm } from "./form.ts";
import { KAFBAT } from "./kafbat.ts";
import { KCAT } from "./kcat.ts";
import { LAMBDA, LAMBDA_EVENT } from "./lambda.ts";
import { LOSSLESS } from "./lossless.ts";
import { OCSF } from "./ocsf.ts";
import type { KafkaRecord } from "./record.ts";
import { REDIS, REDIS_ENTRIES } from "./redis.ts";
import { REDPANDA_CONSOLE } from "./redpanda-console.ts";
import { REST_PROXY } from "./rest-proxy.ts";
import { RPK } from "./rpk.ts";
import { SPLUNK_HEC } from "./splunk-hec.ts";
import { textRowForm } from "./text-row.ts";

/** The first that recognises a row decides (streaming reference 5.2). */
const FORMS: readonly RecordForm[] = [
  BARE,
  KCAT,
  REDPANDA_CONSOLE,
  KAFBAT,
  LOSSLESS,
  RPK,
  REST_PROXY,
  CONNECT,
  AKHQ,
  DEBEZIUM,
  REDIS,
  EVENTBRIDGE,
  SPLUNK_HEC,
  OCSF,
  ELASTIC_BULK,
  CONFLUENT_S3,
  LAMBDA,
];
const CONTAINERS: readonly ContainerForm[] = [LAMBDA_EVENT, AKHQ_RESULTS, REDIS_ENTRIES];
const NOTHING_KNOWN: RecordContext = {};

/** The exported records that a value of a file is or holds. */
export interface Exported {
  readonly rows: Iterable<ExportedRow>;
  /** Of what holds rows: the member under which they stand. Undefined where the value is the only row. */
  readonly holder?: string | null;
}

export interface ExportedRow extends ContainedRow {
  readonly context: RecordContext;
}

/** The exported records that a value of a file is or holds, or null for a value that is something else. */
export function exportedRows(
  value: JsonValue,
  context: RecordContext = NOTHING_KNOWN,
): Exported | null {
  for (const container of CONTAINERS) {
    if (isTried(container.name, context) && container.recognises(value)) {
      return { rows: containedRows(container, value, context), holder: container.holder };
    }
  }
  const form = recordForm(value, context);
  return form === null ? null : { rows: [{ row: value, pointer: "", form, context }] };
}

function* containedRows(
  container: ContainerForm,
  value: JsonValue,
  context: RecordContext,
): Generator<ExportedRow, void> {
  for (const row of container.rows(value)) {
    const { topic } = row;
    yield { ...row, context: topic === undefined ? context : { ...context, topic } };
  }
}

function isTried(name: RecordForm["name"], { form }: RecordContext): boolean {
  return form === undefined || form === name;
}

/** The form of an exported record, or null for a row that is something else. */
export function recordForm(
  row: JsonValue,
  context: RecordContext = NOTHING_KNOWN,
): RecordForm | null {
  const ofText = textRowForm(row);
  if (ofText !== null) {
    return ofText;
  }
  for (const form of FORMS) {
    if (
      isTried(form.name, context) &&
      (form.recognises(row, context) ||
        (form.name === context.form && form.isPossible?.(row) === true))
    ) {
      return form;
    }
  }
  return null;
}

/** The record that a row holds, or null where it holds none or one that cannot be read. */
export function readKafkaRecord(
  row: JsonValue,
  context: RecordContext = NOTHING_KNOWN,
): KafkaRecord | null {
  const read = recordForm(row, context)?.read(row, context);
  return read?.ok === true ? read.value : null;
}

/**
 * The value at a pointer that may go on through the text of a Kafka record's value: `/payload/receipt`
 * where `/payload` is a text, `/value_b64/receipt` through base64. Everywhere else as RFC 6901 has it.
 */
export function resolveInside(
  value: JsonValue,
  pointer: string,
  context: RecordContext = NOTHING_KNOWN,
): JsonValue | undefined {
  for (const { row, pointer: at, form } of exportedRows(value, context)?.rows ?? []) {
    if (!isWithin(pointer, at)) {
      continue;
    }
    const held = form.valueAt(row);
    const valueAt = `${at}${held?.pointer ?? ""}`;
    if (held === null || held.text === null || !isWithin(pointer, valueAt)) {
      break;
    }
    const parsed = held.text.isExact ? parseJson(held.text.text) : null;
    return parsed?.ok === true
      ? resolvePointer(parsed.value.value, pointer.slice(valueAt.length))
      : undefined;
  }
  return resolvePointer(value, pointer);
}

/** Whether a pointer leads to the value at another, or into it. */
export function isWithin(pointer: string, outer: string): boolean {
  return (
    pointer.startsWith(outer) &&
    (pointer.length === outer.length || pointer.charAt(outer.length) === "/")
  );
}
