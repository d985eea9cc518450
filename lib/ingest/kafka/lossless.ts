import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble, notAnObject } from "./assemble.ts";
import {
  type Read,
  type RecordForm,
  readOffset,
  readPartition,
  readTime,
  readTopic,
} from "./form.ts";
import { base64At, readBase64 } from "./held.ts";
import type { KafkaHeader } from "./record.ts";

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
      return notAnObject();
    }
    if (member(row, "v") !== 1) {
      return err({ pointer: "/v", expected: "1" });
    }
    const type = member(row, "ts_type");
    return assemble("chio-lossless", {
      topic: readTopic(member(row, "topic")),
      partition: readPartition(member(row, "partition")),
      offset: readOffset(member(row, "offset")),
      time: readTime(member(row, "ts")),
      timestampType: type === "create" || type === "log-append" ? type : null,
      key: readBase64(member(row, "key_b64"), "/key_b64"),
      value: readBase64(member(row, "value_b64"), "/value_b64"),
      headers: readHeaders(member(row, "headers")),
      isBinary: true,
    });
  },
  valueAt: (row) => (isObject(row) ? base64At(member(row, "value_b64"), "/value_b64") : null),
};

function readHeaders(value: JsonValue | undefined): Read<readonly KafkaHeader[]> {
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
    const octets = readBase64(pair[1], `/headers/${at}/1`);
    if (!octets.ok) return octets;
    headers.push([name, octets.value.bytes]);
  }
  return ok(headers);
}
