import { utf8 } from "@/kernel/encoding.ts";
import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { decodeStrictly } from "../raw-records.ts";
import { assemble, coordinatesOf, hasAll, notAnObject, readAnyTime } from "./assemble.ts";
import { fromBase64 } from "./base64.ts";
import { type RecordForm, readOffset } from "./form.ts";
import { type ReadHeaderValue, readHeaders, textHeader } from "./header-lists.ts";
import { base64At, type Held, readText, textAt } from "./held.ts";

/**
 * Kafka Connect's sinks to object stores (Aiven and others): the fields that were chosen for it. Topic and
 * partition stand in the file's name.
 */
export const CONNECT: RecordForm = {
  name: "connect",
  recognises: (row) =>
    isObject(row) &&
    hasAll(row, "offset", "timestamp", "value") &&
    typeof member(row, "timestamp") === "string" &&
    !Object.hasOwn(row, "partition"),
  isPossible: (row) => isObject(row) && Object.hasOwn(row, "value"),
  read: (row, context) =>
    isObject(row)
      ? assemble("connect", {
          topic: coordinatesOf(context).topic,
          partition: coordinatesOf(context).partition,
          offset: readOffset(member(row, "offset")),
          time: readAnyTime(member(row, "timestamp"), "/timestamp"),
          key: ok(readText(member(row, "key"))),
          value: ok(readValue(member(row, "value"))),
          headers: readHeaders(member(row, "headers"), readHeaderValue),
        })
      : notAnObject(),
  valueAt: (row) => {
    const value = isObject(row) ? member(row, "value") : undefined;
    return isEncodedObject(value) ? base64At(value, "/value") : textAt(value, "/value");
  },
};

function readValue(value: JsonValue | undefined): Held {
  const octets = isEncodedObject(value) ? fromBase64(value) : null;
  return octets === null ? readText(value) : { bytes: octets, kept: "octets" };
}

/** Base64 of an object's beginning: `{"` and a letter, or `{}`; no other text begins so by chance. */
function isEncodedObject(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value.startsWith("ey") && fromBase64(value) !== null;
}

/**
 * Base64 where the header converter yields octets, else text; nothing in the file says which. Only our own
 * headers are taken for base64, and only where printable text comes of it.
 */
const readHeaderValue: ReadHeaderValue = (value, name, pointer) => {
  if (isObject(value) || typeof value === "number" || typeof value === "boolean") {
    return ok(readText(value).bytes);
  }
  const octets =
    typeof value === "string" && /^x-chio-/i.test(name) && value !== "" ? fromBase64(value) : null;
  const text = octets === null ? null : decodeStrictly(octets);
  return text !== null && isPrintable(text) ? ok(utf8(text)) : textHeader(value, name, pointer);
};

function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) {
      return false;
    }
  }
  return true;
}
