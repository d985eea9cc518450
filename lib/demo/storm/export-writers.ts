import { toBase64 } from "@/lib/ingest/kafka/base64.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import {
  bytesOrNull,
  consoleHeaders,
  iso,
  isoText,
  json,
  textOf,
  tsvHeaders,
  utf8OrNull,
} from "./export-texts.ts";
import type { StormRecord } from "./model.ts";

/** One file of an export: what stands before, between and after its records. */
export interface ExportFrame {
  readonly path: string;
  readonly head: string;
  readonly between: string;
  readonly tail: string;
}

/**
 * How one tool writes records of a topic down (streaming reference 5.1). Only values that are UTF-8 are
 * written as the tools do; other octets become U+FFFD in forms that hold text.
 */
export interface ExportWriter {
  readonly form: ExportForm;
  /** Whether the tool writes a file for each partition, whose name or frame says which one. */
  readonly perPartition: boolean;
  frame(topic: string, partition: number, firstOffset: string): ExportFrame;
  /** A record, without the text between it and the next. */
  record(record: StormRecord): string;
}

type Frame = Pick<ExportFrame, "head" | "between" | "tail">;
const LINES: Frame = { head: "", between: "\n", tail: "\n" };
const ARRAY: Frame = { head: "[", between: ",\n", tail: "]\n" };

function writer(
  form: ExportForm,
  extension: string,
  frame: Frame,
  record: (record: StormRecord) => string,
): ExportWriter {
  return {
    form,
    perPartition: false,
    frame: (topic) => ({ ...frame, path: `${topic}.${form}.${extension}` }),
    record,
  };
}

/** Every form that holds whole records, and can be written from them. */
export const EXPORT_WRITERS: readonly ExportWriter[] = [
  writer("chio-lossless", "ndjson", LINES, losslessLine),
  writer("kcat-json", "ndjson", LINES, (record) => {
    const headers = record.headers.flatMap(([name, value]) => [name, utf8OrNull(value)]);
    return (
      `{"topic":${json(record.topic)},"partition":${record.partition},"offset":${record.offset},` +
      `"tstype":"create","ts":${record.timestampMs},"broker":1,` +
      `${headers.length === 0 ? "" : `"headers":${json(headers)},`}` +
      `"key":${json(utf8OrNull(record.key))},"payload":${json(utf8OrNull(record.value))}}`
    );
  }),
  writer("kcat-text", "tsv", LINES, (record) =>
    [
      record.topic,
      record.partition,
      record.offset,
      record.timestampMs,
      textOf(record.key),
      tsvHeaders(record, "="),
      textOf(record.value),
    ].join("\t"),
  ),
  writer("console-consumer", "txt", LINES, (record) =>
    [
      `CreateTime:${record.timestampMs}`,
      `Partition:${record.partition}`,
      `Offset:${record.offset}`,
      record.headers.length === 0 ? "NO_HEADERS" : tsvHeaders(record, ":"),
      utf8OrNull(record.key) ?? "null",
      utf8OrNull(record.value) ?? "null",
    ].join("\t"),
  ),
  writer("confluent-cli", "txt", LINES, (record) => {
    const place = `Timestamp:${record.timestampMs} Partition:${record.partition} Offset:${record.offset}`;
    const line = `${textOf(record.key)}\t${place}\t${textOf(record.value)}`;
    return record.headers.length === 0 ? line : `${line}\n% Headers: [${consoleHeaders(record)}]`;
  }),
  writer("rpk", "json", LINES, (record) => {
    const members: readonly (readonly [string, string | null])[] = [
      ["topic", json(record.topic)],
      ["key", record.key === null ? null : json(textOf(record.key))],
      ["value", record.value === null ? null : json(textOf(record.value))],
      [
        "headers",
        record.headers.length === 0
          ? null
          : `[\n${record.headers
              .map(
                ([name, value]) =>
                  `    {\n      "key": ${json(name)},\n      "value": ${json(textOf(value))}\n    }`,
              )
              .join(",\n")}\n  ]`,
      ],
      ["timestamp", String(record.timestampMs)],
      ["partition", String(record.partition)],
      ["offset", record.offset],
    ];
    const present = members.filter(([, value]) => value !== null);
    return `{\n${present.map(([name, value]) => `  "${name}": ${value}`).join(",\n")}\n}`;
  }),
  writer("redpanda-console", "json", ARRAY, (record) => {
    const headers = record.headers.map(([key, value]) => ({
      key,
      value: {
        payload: textOf(value),
        encoding: "text",
        isPayloadNull: value === null,
        schemaId: 0,
        size: value?.length ?? 0,
      },
    }));
    return (
      `{"partitionID":${record.partition},"offset":${record.offset},"timestamp":${record.timestampMs},` +
      `"compression":"uncompressed","isTransactional":false,"headers":${json(headers)},` +
      `"key":${consolePayload(record.key)},"value":${consolePayload(record.value)}}`
    );
  }),
  writer(
    "redpanda-console-csv",
    "csv",
    { ...LINES, head: "timestamp,partitionID,offset,key,value,keySize,valueSize\n" },
    (record) =>
      [
        record.timestampMs,
        record.partition,
        record.offset,
        textOf(record.key).replaceAll(",", ";"),
        textOf(record.value).replaceAll(",", ";"),
        record.key?.length ?? 0,
        record.value?.length ?? 0,
      ].join(","),
  ),
  writer("kafbat", "json", ARRAY, (record) => {
    const headers = Object.fromEntries(
      record.headers.map(([name, value]) => [name, utf8OrNull(value)]),
    );
    return (
      `{"Value":${json(utf8OrNull(record.value))},"Offset":${record.offset},` +
      `"Key":${json(utf8OrNull(record.key))},"Partition":${record.partition},` +
      `"Headers":${json(headers)},"Timestamp":${isoText(record)}}`
    );
  }),
  writer(
    "kafbat-csv",
    "csv",
    { ...LINES, head: "Value,Offset,Key,Partition,Headers,Timestamp\n" },
    (record) =>
      [
        quotedCell(textOf(record.value)),
        record.offset,
        quotedCell(textOf(record.key)),
        record.partition,
        quotedCell(
          json(
            Object.fromEntries(record.headers.map(([name, value]) => [name, utf8OrNull(value)])),
          ),
        ),
        iso(record),
      ].join(","),
  ),
  writer("akhq", "json", { head: '{"results":[', between: ",\n", tail: "]}\n" }, (record) => {
    const headers = record.headers.map(([key, value]) => ({ key, value: utf8OrNull(value) }));
    return (
      `{"key":${json(utf8OrNull(record.key))},"value":${json(utf8OrNull(record.value))},` +
      `"timestamp":${isoText(record)},"partition":${record.partition},` +
      `"offset":${record.offset},"headers":${json(headers)}}`
    );
  }),
  perPartition(
    "connect",
    ({ topic, partition, offset }) => `${topic}-${partition}-${offset}`,
    (record) => {
      const headers = record.headers.map(([key, value]) => ({ key, value: bytesOrNull(value) }));
      return (
        `{"headers":${json(headers)},"offset":${record.offset},` +
        `"value":${utf8OrNull(record.value) ?? "null"},"key":${json(utf8OrNull(record.key))},` +
        `"timestamp":${isoText(record)}}`
      );
    },
  ),
  perPartition(
    "connect-csv",
    ({ topic, partition, offset }) => `${topic}-${partition}-${offset}.csv`,
    (record) =>
      [
        bytesOrNull(record.key) ?? "",
        bytesOrNull(record.value) ?? "",
        record.offset,
        Math.floor((record.timestampMs ?? 0) / 1000),
      ].join(","),
  ),
  perPartition(
    "confluent-s3",
    ({ topic, partition, offset }) =>
      `topics/${topic}/partition=${partition}/${topic}+${partition}+${offset.padStart(10, "0")}.json`,
    (record) => utf8OrNull(record.value) ?? "null",
  ),
  {
    form: "lambda",
    perPartition: true,
    frame: (topic, partition) => ({
      path: `${topic}-${partition}.lambda.json`,
      head: `{"eventSource":"aws:kafka","records":{${json(`${topic}-${partition}`)}:[`,
      between: ",\n",
      tail: "]}}\n",
    }),
    record: (record) => {
      const headers = record.headers.map(([name, value]) => ({ [name]: [...(value ?? [])] }));
      return (
        `{"topic":${json(record.topic)},"partition":${record.partition},"offset":${record.offset},` +
        `"timestamp":${record.timestampMs},"timestampType":"CREATE_TIME",` +
        `"key":${json(bytesOrNull(record.key))},"value":${json(bytesOrNull(record.value))},` +
        `"headers":${json(headers)}}`
      );
    },
  },
  writer(
    "rest-proxy",
    "json",
    ARRAY,
    (record) =>
      `{"topic":${json(record.topic)},"key":${json(bytesOrNull(record.key))},` +
      `"value":${json(bytesOrNull(record.value))},"partition":${record.partition},` +
      `"offset":${record.offset}}`,
  ),
  writer(
    "debezium",
    "ndjson",
    LINES,
    (record) =>
      `{"schema":null,"payload":{"before":null,"after":${utf8OrNull(record.value) ?? "null"},` +
      `"source":{"topic":${json(record.topic)}},"op":"c","ts_ms":${record.timestampMs}}}`,
  ),
  writer(
    "redis",
    "ndjson",
    LINES,
    (record) =>
      `{"id":"${record.timestampMs}-${record.offset}","message":${json(
        Object.fromEntries([
          ["payload", textOf(record.value)],
          ...record.headers.map(([name, value]) => [name, textOf(value)]),
        ]),
      )}}`,
  ),
  writer(
    "eventbridge",
    "ndjson",
    LINES,
    (record) =>
      `{"id":${json(`${record.partition}-${record.offset}`)},"detail-type":"ChioCapabilityDenied",` +
      `"source":"chio","time":${isoText(record)},"detail":${utf8OrNull(record.value) ?? "null"}}`,
  ),
  writer("bare-value", "ndjson", LINES, (record) => utf8OrNull(record.value) ?? "null"),
];

function perPartition(
  form: ExportForm,
  path: (place: { topic: string; partition: number; offset: string }) => string,
  record: (record: StormRecord) => string,
): ExportWriter {
  return {
    form,
    perPartition: true,
    frame: (topic, partition, offset) => ({ ...LINES, path: path({ topic, partition, offset }) }),
    record,
  };
}

/** The console's view of octets, with the raw ones beside it. */
function consolePayload(bytes: Uint8Array | null): string {
  if (bytes === null) {
    return '{"payload":null,"encoding":"null","isPayloadNull":true,"schemaId":0,"size":0}';
  }
  const text = textOf(bytes);
  const isJson = text.startsWith("{");
  return (
    `{"payload":${isJson ? text : json(text)},"rawPayload":"${toBase64(bytes)}",` +
    `"encoding":"${isJson ? "json" : "text"}","isPayloadNull":false,"schemaId":0,"size":${bytes.length}}`
  );
}

function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
