import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { toBase64 } from "../base64.ts";
import type { ExportForm } from "../export-form.ts";
import type { KafkaHeader } from "../record.ts";
import { losslessLine } from "../write-lossless.ts";
import type { Allowances, GoldenRecord } from "./golden.ts";

/** One tool's file, written as the tool writes it; offsets are not to be rounded on the way. */
export interface WrittenForm {
  readonly form: ExportForm;
  /** What the file is called where the name says something. */
  readonly path: string;
  row(record: GoldenRecord): JsonValue;
  file(rows: readonly string[]): string;
  readonly allowances: Allowances;
  /** The value is written as JSON, not as text. */
  readonly isUnpacked?: boolean;
}

const lossy = new TextDecoder();
const text = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : lossy.decode(bytes);
const base64 = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : toBase64(bytes);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** A value as a tool's parser reads it: text where it is no JSON. */
function unpacked(value: Uint8Array | null): JsonValue {
  const held = text(value);
  const parsed = held === null ? null : parseJson(held);
  return parsed === null ? null : parsed.ok ? parsed.value.value : held;
}

/** A record's offset as a number of 64 bits, for {@link jsonText} to write. */
const offset = ({ offset: digits }: GoldenRecord): JsonValue =>
  digits === null ? null : Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);

const keyed = (headers: readonly KafkaHeader[]): JsonValue =>
  headers.map(([key, value]) => ({ key, value: text(value) }));
const mapped = (headers: readonly KafkaHeader[]): JsonObject =>
  Object.fromEntries(headers.map(([name, value]) => [name, text(value)]));

/** JSON with offsets of 64 bits as they are. */
export const jsonText = (value: JsonValue): string => canonicalize(value);

const lines = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join("");
const crlf = (rows: readonly string[]): string => rows.map((row) => `${row}\r\n`).join("");
const array = (rows: readonly string[]): string => `[\n    ${rows.join(",\n    ")}\n]\n`;
/** Each member of an object on a line of its own. */
const pretty = (rows: readonly string[]): string =>
  rows.map((row) => `{\n  ${row.slice(1, -1)}\n}\n`).join("");

const console = (bytes: Uint8Array | null, isRaw: boolean): JsonValue => ({
  payload: unpacked(bytes),
  ...(isRaw ? { rawPayload: base64(bytes) } : {}),
  encoding: bytes === null ? "null" : typeof unpacked(bytes) === "object" ? "json" : "text",
  isPayloadNull: bytes === null,
  schemaId: 0,
  size: bytes?.length ?? 0,
});

function consoleRow(record: GoldenRecord, isRaw: boolean): JsonValue {
  return {
    partitionID: record.partition,
    offset: offset(record),
    timestamp: record.timestampMs,
    compression: "uncompressed",
    isTransactional: false,
    headers: record.headers.map(([key, value]) => ({ key, value: console(value, false) })),
    key: console(record.key, isRaw),
    value: console(record.value, isRaw),
  };
}

const chioFields = (record: GoldenRecord): readonly JsonValue[] =>
  record.headers.flatMap(([name, value]) => [name, text(value)]);

const NO_TYPE = ["timestampType"] as const;
const ALL_BUT_TIME = ["topic", "partition", "offset", "timestampType", "key", "headers"] as const;

export const WRITTEN_FORMS: readonly WrittenForm[] = [
  {
    form: "chio-lossless",
    path: "dlq.ndjson",
    row: (record) => JSON.parse(losslessLine(record)),
    file: lines,
    allowances: { octets: "kept", fidelity: "exact" },
  },
  {
    form: "kcat-json",
    path: "dlq.ndjson",
    row: (record) => ({
      topic: record.topic,
      partition: record.partition,
      offset: offset(record),
      tstype: "create",
      ts: record.timestampMs,
      broker: 1,
      headers: record.headers.flatMap(([name, value]) => [name, text(value)]),
      key: text(record.key),
      payload: text(record.value),
    }),
    file: crlf,
    allowances: {},
  },
  {
    form: "rpk",
    path: "dlq.json",
    row: (record) => ({
      topic: record.topic,
      ...(record.key === null ? {} : { key: text(record.key) }),
      ...(record.value === null ? {} : { value: text(record.value) }),
      headers: keyed(record.headers),
      timestamp: record.timestampMs,
      partition: record.partition,
      offset: offset(record),
    }),
    file: pretty,
    allowances: { lost: NO_TYPE },
  },
  {
    form: "redpanda-console",
    path: "messages.json",
    row: (record) => consoleRow(record, true),
    file: array,
    allowances: { lost: ["topic", "timestampType"], octets: "kept", fidelity: "exact" },
  },
  {
    form: "kafbat",
    path: "topic-messages.json",
    row: (record) => ({
      Value: text(record.value),
      Offset: offset(record),
      Key: text(record.key),
      Partition: record.partition,
      Headers: mapped(record.headers),
      Timestamp: iso(record.timestampMs),
    }),
    file: array,
    allowances: { lost: ["topic", "timestampType"], repeatedHeaders: "last" },
  },
  {
    form: "akhq",
    path: "data.json",
    row: (record) => ({
      key: text(record.key),
      value: text(record.value),
      timestamp: iso(record.timestampMs),
      partition: record.partition,
      offset: offset(record),
      headers: keyed(record.headers),
      topic: { name: record.topic },
    }),
    file: (rows) => `{"after":null,"results":[${rows.join(",")}],"size":${rows.length}}`,
    allowances: { lost: NO_TYPE },
  },
  {
    form: "connect",
    path: "sink/dlq-0-0.jsonl",
    row: (record) => ({
      headers: record.headers.map(([key, value]) => ({ key, value: base64(value) })),
      offset: offset(record),
      value: unpacked(record.value),
      key: text(record.key),
      timestamp: iso(record.timestampMs),
    }),
    file: lines,
    allowances: { lost: NO_TYPE, value: "respelled", fidelity: "lossy", without: [3] },
    isUnpacked: true,
  },
  {
    form: "lambda",
    path: "event.json",
    row: (record) => ({
      topic: record.topic,
      partition: record.partition,
      offset: offset(record),
      timestamp: record.timestampMs,
      timestampType: "CREATE_TIME",
      key: base64(record.key),
      value: base64(record.value),
      headers: record.headers.map(([name, value]) => ({
        [name]: value === null ? null : [...value],
      })),
    }),
    file: (rows) =>
      `{"eventSource":"aws:kafka","bootstrapServers":"b","records":{"dlq-0":[${rows.join(",")}]}}`,
    allowances: { octets: "kept", fidelity: "exact" },
  },
  {
    form: "rest-proxy",
    path: "records.json",
    row: (record) => ({
      topic: record.topic,
      key: base64(record.key),
      value: base64(record.value),
      partition: record.partition,
      offset: offset(record),
    }),
    file: (rows) => `[${rows.join(",")}]`,
    allowances: {
      lost: ["timestampMs", "timestampType", "headers"],
      octets: "kept",
      fidelity: "exact",
    },
  },
  {
    form: "redis",
    path: "dlq.json",
    row: (record) => [
      `${record.timestampMs}-0`,
      [
        "payload",
        text(record.value) ?? "",
        ...(record.key === null ? [] : ["key", text(record.key)]),
        ...chioFields(record),
      ],
    ],
    file: (rows) => `[${rows.join(",\n")}]`,
    allowances: { lost: ["topic", "partition", "offset", "timestampType"], tombstone: "empty" },
  },
  {
    form: "eventbridge",
    path: "events.ndjson",
    row: (record) => ({
      version: "0",
      id: "e",
      "detail-type": "ChioCapabilityDenied",
      source: "chio",
      time: iso(record.timestampMs),
      detail: unpacked(record.value),
    }),
    file: lines,
    allowances: { lost: ALL_BUT_TIME, value: "respelled", fidelity: "lossy", without: [3] },
    isUnpacked: true,
  },
  {
    form: "splunk-hec",
    path: "hec.ndjson",
    row: (record) => ({
      time: (record.timestampMs ?? 0) / 1000,
      sourcetype: "chio:receipt",
      event: text(record.value),
    }),
    file: lines,
    allowances: { lost: ALL_BUT_TIME },
  },
  {
    form: "ocsf",
    path: "ocsf.ndjson",
    row: (record) => ({
      class_uid: 3002,
      category_uid: 3,
      time: record.timestampMs,
      raw_data: text(record.value),
    }),
    file: lines,
    allowances: { lost: ALL_BUT_TIME, without: [3] },
  },
  {
    form: "debezium",
    path: "cdc.ndjson",
    row: (record) => ({
      schema: { type: "struct" },
      payload: {
        before: null,
        after: { id: 1, payload: text(record.value) },
        source: { db: "outbox" },
        op: "c",
        ts_ms: record.timestampMs,
      },
    }),
    file: lines,
    allowances: { lost: ALL_BUT_TIME, without: [3] },
  },
];
