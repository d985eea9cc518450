import { utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { type RecordForm, readOffset, readPartition, readTime, readTopic } from "./form.ts";
import type { KafkaHeader, RecordProblem } from "./record.ts";

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
  read: (row) => {
    if (!isObject(row)) {
      return err({ pointer: "", expected: "an object" });
    }
    const topic = readTopic(member(row, "topic"));
    const partition = readPartition(member(row, "partition"));
    const offset = readOffset(member(row, "offset"));
    const time = readTime(member(row, "ts"));
    const headers = readHeaders(member(row, "headers"));
    if (!topic.ok) return topic;
    if (!partition.ok) return partition;
    if (!offset.ok) return offset;
    if (!time.ok) return time;
    if (!headers.ok) return headers;
    const key = octets(member(row, "key"));
    const value = octets(member(row, "payload"));
    return ok({
      topic: topic.value,
      partition: partition.value,
      offset: offset.value,
      timestampMs: time.value,
      timestampType: timestampType(member(row, "tstype")),
      key: key.bytes,
      value: value.bytes,
      headers: headers.value,
      form: "kcat-json",
      fidelity: key.isLossy || value.isLossy ? "lossy" : "text",
    });
  },
  valueAt: (row) => {
    const payload = isObject(row) ? member(row, "payload") : undefined;
    if (payload === undefined || payload === null) {
      return null;
    }
    return typeof payload === "string"
      ? {
          pointer: "/payload",
          text: { text: payload, isExact: true },
          state: payload.includes("\ufffd") ? "replaced" : "kept",
        }
      : { pointer: "/payload", text: null, state: "rewritten" };
  },
};

function timestampType(value: JsonValue | undefined): "create" | "log-append" | null {
  return value === "create" ? "create" : value === "logappend" ? "log-append" : null;
}

/** U+FFFD stands where octets were that are no text. */
function octets(value: JsonValue | undefined): {
  readonly bytes: Uint8Array | null;
  readonly isLossy: boolean;
} {
  if (value === undefined || value === null) {
    return { bytes: null, isLossy: false };
  }
  return typeof value === "string"
    ? { bytes: utf8(value), isLossy: value.includes("\ufffd") }
    : { bytes: utf8(canonicalize(value)), isLossy: true };
}

function readHeaders(value: JsonValue | undefined): Result<readonly KafkaHeader[], RecordProblem> {
  if (value === undefined || value === null) {
    return ok([]);
  }
  if (isArray(value)) {
    return readPairs(value);
  }
  return isObject(value)
    ? readMap(value)
    : err({ pointer: "/headers", expected: "names and values in turn" });
}

function readPairs(list: readonly JsonValue[]): Result<readonly KafkaHeader[], RecordProblem> {
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

function readMap(map: JsonObject): Result<readonly KafkaHeader[], RecordProblem> {
  const headers: KafkaHeader[] = [];
  for (const [name, value] of Object.entries(map)) {
    if (typeof value !== "string" && value !== null) {
      return err({ pointer: "/headers", expected: "texts or null by name" });
    }
    headers.push([name, value === null ? null : utf8(value)]);
  }
  return ok(headers);
}
