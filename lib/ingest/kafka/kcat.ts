import { utf8 } from "@/kernel/encoding.ts";
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
import { readHeaderMap } from "./header-lists.ts";
import { readText, textAt } from "./held.ts";
import type { KafkaHeader } from "./record.ts";

/**
 * `kcat -J`: one object for each line. Headers are a flat list of names and values in turn, where its help
 * documents a map; both are read. A value that a deserialiser unpacked stands as JSON.
 */
export const KCAT: RecordForm = {
  name: "kcat-json",
  recognises: (row) =>
    isObject(row) &&
    Object.hasOwn(row, "payload") &&
    (Object.hasOwn(row, "tstype") || Object.hasOwn(row, "broker")) &&
    Object.hasOwn(row, "offset"),
  read: (row) =>
    isObject(row)
      ? assemble("kcat-json", {
          topic: readTopic(member(row, "topic")),
          partition: readPartition(member(row, "partition")),
          offset: readOffset(member(row, "offset")),
          time: readTime(member(row, "ts")),
          timestampType: timestampType(member(row, "tstype")),
          key: ok(readText(member(row, "key"))),
          value: ok(readText(member(row, "payload"))),
          headers: readHeaders(member(row, "headers")),
        })
      : notAnObject(),
  valueAt: (row) => (isObject(row) ? textAt(member(row, "payload"), "/payload") : null),
};

function timestampType(value: JsonValue | undefined): "create" | "log-append" | null {
  return value === "create" ? "create" : value === "logappend" ? "log-append" : null;
}

function readHeaders(value: JsonValue | undefined): Read<readonly KafkaHeader[]> {
  if (value === undefined || value === null) {
    return ok([]);
  }
  if (isArray(value)) {
    return readPairs(value);
  }
  return isObject(value)
    ? readHeaderMap(value)
    : err({ pointer: "/headers", expected: "names and values in turn" });
}

function readPairs(list: readonly JsonValue[]): Read<readonly KafkaHeader[]> {
  if (list.length % 2 !== 0) {
    return err({ pointer: "/headers", expected: "a value for each name" });
  }
  const headers: KafkaHeader[] = [];
  for (let at = 0; at < list.length; at += 2) {
    const name = list[at];
    if (typeof name !== "string") {
      return err({ pointer: `/headers/${at}`, expected: "a name" });
    }
    const value = list[at + 1];
    if (typeof value !== "string" && value !== null) {
      return err({ pointer: `/headers/${at + 1}`, expected: "text or null" });
    }
    headers.push([name, value === null ? null : utf8(value)]);
  }
  return ok(headers);
}
