import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble, hasAll, notAnObject, readAnyTime } from "./assemble.ts";
import { type Read, type RecordForm, readOffset, readPartition, readTopic } from "./form.ts";
import { readText, textAt } from "./held.ts";

/**
 * What is sent to Splunk's HTTP Event Collector: the receipt or the envelope as `event`, as JSON or as text.
 * Splunk's sink for Kafka Connect adds coordinates as `fields`. Rows of a search's export hold the event's
 * text as `_raw`.
 */
export const SPLUNK_HEC: RecordForm = {
  name: "splunk-hec",
  recognises: (row) =>
    isObject(row) && (rawOf(row) !== null || (Object.hasOwn(row, "event") && isSent(row))),
  isPossible: (row) => isObject(row) && Object.hasOwn(row, "event"),
  read: (row) => {
    if (!isObject(row)) {
      return notAnObject();
    }
    const fields = member(row, "fields");
    const said = (name: string): JsonValue | undefined =>
      isObject(fields) ? member(fields, `kafka_${name}`) : undefined;
    const partition = said("partition");
    return assemble("splunk-hec", {
      topic: readTopic(said("topic")),
      partition: readPartition(
        typeof partition === "string" && /^\d{1,10}$/.test(partition)
          ? Number(partition)
          : partition,
        "/fields/kafka_partition",
      ),
      offset: readOffset(said("offset"), "/fields/kafka_offset"),
      time: readTime(member(row, "time"), said("timestamp")),
      value: ok(readText(rawOf(row) ?? member(row, "event"))),
    });
  },
  valueAt: (row) => {
    if (!isObject(row)) {
      return null;
    }
    const raw = rawOf(row);
    return raw === null ? textAt(member(row, "event"), "/event") : textAt(raw, "/result/_raw");
  },
};

const BESIDE = ["time", "source", "host", "index", "fields"];

/** Rows of any log have an event: here a source type stands beside it, or the event is an object. */
function isSent(row: JsonObject): boolean {
  const event = member(row, "event");
  return (
    Object.hasOwn(row, "sourcetype") ||
    ((isObject(event) || (typeof event === "string" && event.startsWith("{"))) &&
      BESIDE.some((name) => Object.hasOwn(row, name)))
  );
}

function rawOf(row: JsonObject): string | null {
  const result = member(row, "result");
  const raw = isObject(result) && hasAll(result, "_raw") ? member(result, "_raw") : undefined;
  return typeof raw === "string" ? raw : null;
}

/** Seconds with a fraction, as a number or in digits; Kafka's own milliseconds where they stand beside it. */
function readTime(time: JsonValue | undefined, record: JsonValue | undefined): Read<number | null> {
  if (record !== undefined) {
    return readAnyTime(record, "/fields/kafka_timestamp");
  }
  if (time === undefined || time === null) {
    return ok(null);
  }
  const isDigits = typeof time === "string" && /^\d{1,12}(?:\.\d{1,9})?$/.test(time);
  const seconds = typeof time === "number" || isDigits ? Number(time) : Number.NaN;
  return seconds >= 0 && seconds < 1e12
    ? ok(Math.round(seconds * 1000))
    : err({ pointer: "/time", expected: "seconds" });
}
