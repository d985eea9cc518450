import {
  bytesOrNull,
  consoleHeaders,
  iso,
  json,
  textOf,
  tsvHeaders,
  utf8OrNull,
} from "./export-texts.ts";
import { type ExportWriter, LINES, perPartition, writer } from "./export-writer.ts";

/** Forms that are lines of text. */
export const TEXT_WRITERS: readonly ExportWriter[] = [
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
  writer("bare-value", "ndjson", LINES, (record) => utf8OrNull(record.value) ?? "null"),
];

function quotedCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
