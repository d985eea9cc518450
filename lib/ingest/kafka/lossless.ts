import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { fromBase64 } from "./base64.ts";
import { type RecordForm, readOffset, readPartition, readTime, readTopic } from "./form.ts";
import { textOf } from "./octets.ts";
import type { KafkaHeader, RecordProblem } from "./record.ts";

/**
 * Our own form, the only one that keeps every octet:
 * `{"v":1,"topic","partition","offset":"0","ts","ts_type"?,"key_b64","value_b64","headers":[["n","b64"|null]]}`.
 */
export const LOSSLESS: RecordForm = {
  name: "chio-lossless",
  recognises: (row) =>
    isObject(row) &&
    Object.hasOwn(row, "value_b64") &&
    (Object.hasOwn(row, "v") || Object.hasOwn(row, "offset")),
  read: (row) => {
    if (!isObject(row)) {
      return err({ pointer: "", expected: "an object" });
    }
    if (member(row, "v") !== 1) {
      return err({ pointer: "/v", expected: "1" });
    }
    const topic = readTopic(member(row, "topic"));
    const partition = readPartition(member(row, "partition"));
    const offset = readOffset(member(row, "offset"));
    const time = readTime(member(row, "ts"));
    const key = readOctets(member(row, "key_b64"), "/key_b64");
    const value = readOctets(member(row, "value_b64"), "/value_b64");
    const headers = readHeaders(member(row, "headers"));
    if (!topic.ok) return topic;
    if (!partition.ok) return partition;
    if (!offset.ok) return offset;
    if (!time.ok) return time;
    if (!key.ok) return key;
    if (!value.ok) return value;
    if (!headers.ok) return headers;
    const type = member(row, "ts_type");
    return ok({
      topic: topic.value,
      partition: partition.value,
      offset: offset.value,
      timestampMs: time.value,
      timestampType: type === "create" || type === "log-append" ? type : null,
      key: key.value,
      value: value.value,
      headers: headers.value,
      form: "chio-lossless",
      fidelity: "exact",
    });
  },
  valueAt: (row) => {
    const value = isObject(row) ? member(row, "value_b64") : undefined;
    const bytes = typeof value === "string" ? fromBase64(value) : null;
    return bytes === null ? null : { pointer: "/value_b64", text: textOf(bytes), state: "kept" };
  },
};

function readOctets(
  value: JsonValue | undefined,
  pointer: string,
): Result<Uint8Array | null, RecordProblem> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  const bytes = typeof value === "string" ? fromBase64(value) : null;
  return bytes === null ? err({ pointer, expected: "padded base64" }) : ok(bytes);
}

function readHeaders(value: JsonValue | undefined): Result<readonly KafkaHeader[], RecordProblem> {
  if (value === undefined || value === null) {
    return ok([]);
  }
  if (!isArray(value)) {
    return err({ pointer: "/headers", expected: "pairs of a name and base64" });
  }
  const headers: KafkaHeader[] = [];
  for (let at = 0; at < value.length; at += 1) {
    const pair = value[at];
    const name = isArray(pair) && pair.length === 2 ? pair[0] : undefined;
    if (!isArray(pair) || typeof name !== "string") {
      return err({ pointer: `/headers/${at}`, expected: "a name and base64" });
    }
    const octets = readOctets(pair[1], `/headers/${at}/1`);
    if (!octets.ok) return octets;
    headers.push([name, octets.value]);
  }
  return ok(headers);
}
