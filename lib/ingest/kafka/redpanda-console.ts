import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble, coordinatesOf, notAnObject } from "./assemble.ts";
import { type Read, type RecordForm, readOffset, readPartition, readTime } from "./form.ts";
import { readHeaderList } from "./header-lists.ts";
import { base64At, type Held, NOTHING_HELD, readBase64, readText, textAt } from "./held.ts";

/**
 * "Save messages" of Redpanda Console. With "include raw" the octets stand beside the reading, and they are
 * taken. The topic is not in it.
 */
export const REDPANDA_CONSOLE: RecordForm = {
  name: "redpanda-console",
  recognises: (row) => {
    if (!isObject(row) || !Object.hasOwn(row, "partitionID")) {
      return false;
    }
    const value = member(row, "value");
    return (
      isObject(value) && (Object.hasOwn(value, "encoding") || Object.hasOwn(value, "isPayloadNull"))
    );
  },
  read: (row, context) =>
    isObject(row)
      ? assemble("redpanda-console", {
          topic: coordinatesOf(context).topic,
          partition: readPartition(member(row, "partitionID"), "/partitionID"),
          offset: readOffset(member(row, "offset")),
          time: readTime(member(row, "timestamp"), "/timestamp"),
          key: readPayload(member(row, "key"), "/key"),
          value: readPayload(member(row, "value"), "/value"),
          headers: readHeaderList(member(row, "headers"), (value, _name, pointer) => {
            const held = readPayload(value, pointer);
            return held.ok ? ok(held.value.bytes) : held;
          }),
        })
      : notAnObject(),
  valueAt: (row) => {
    const value = isObject(row) ? member(row, "value") : undefined;
    if (!isObject(value) || isNull(value)) {
      return null;
    }
    const raw = base64At(member(value, "rawPayload"), "/value/rawPayload");
    if (raw !== null) {
      return { ...raw, again: "/value/payload" };
    }
    return isUnreadable(value) ? null : textAt(member(value, "payload"), "/value/payload");
  },
};

/** `{payload, rawPayload?, encoding, isPayloadNull, ...}`. */
function readPayload(held: JsonValue | undefined, pointer: string): Read<Held> {
  if (held === undefined || held === null) {
    return ok(NOTHING_HELD);
  }
  if (!isObject(held)) {
    return err({ pointer, expected: "an object with a payload" });
  }
  if (isNull(held)) {
    return ok(NOTHING_HELD);
  }
  const raw = member(held, "rawPayload");
  if (raw !== undefined && raw !== null) {
    return readBase64(raw, `${pointer}/rawPayload`);
  }
  const payload = member(held, "encoding") === "none" ? "" : member(held, "payload");
  if (payload === undefined || payload === null) {
    return err({
      pointer: `${pointer}/payload`,
      expected: "the payload, which the export left out",
    });
  }
  const text = readText(payload);
  return ok(isUnreadable(held) ? { bytes: text.bytes, kept: "changed" } : text);
}

function isNull(held: JsonObject): boolean {
  return member(held, "isPayloadNull") === true || member(held, "encoding") === "null";
}

/** What the console shows of octets that it could not read as text is no text of theirs. */
const READABLE: ReadonlySet<JsonValue | undefined> = new Set([
  undefined,
  "none",
  "text",
  "json",
  "xml",
]);

function isUnreadable(held: JsonObject): boolean {
  return !READABLE.has(member(held, "encoding"));
}
