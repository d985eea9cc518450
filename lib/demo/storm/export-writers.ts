import { toBase64 } from "@/lib/ingest/kafka/base64.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import { TEXT_WRITERS } from "./export-text-writers.ts";
import { bytesOrNull, isoText, json, textOf, utf8OrNull } from "./export-texts.ts";
import { ARRAY, type ExportWriter, LINES, perPartition, writer } from "./export-writer.ts";

const JSON_WRITERS: readonly ExportWriter[] = [
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
];

/** Every form that holds whole records, and can be written from them. */
export const EXPORT_WRITERS: readonly ExportWriter[] = [...JSON_WRITERS, ...TEXT_WRITERS];

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
