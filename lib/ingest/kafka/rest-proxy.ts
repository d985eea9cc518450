import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, hasAll, notAnObject } from "./assemble.ts";
import { fromBase64 } from "./base64.ts";
import { type RecordForm, readOffset, readPartition, readTopic } from "./form.ts";
import { base64At, readBase64, readText, textAt } from "./held.ts";

/**
 * A REST Proxy's records (v2): base64 in its binary form, JSON in its other one. Headers and times are not in
 * it. Key and value are base64, or none of them is.
 */
export const REST_PROXY: RecordForm = {
  name: "rest-proxy",
  recognises: (row) =>
    isObject(row) &&
    hasAll(row, "topic", "partition", "offset", "value") &&
    !Object.hasOwn(row, "timestamp"),
  read: (row) => {
    if (!isObject(row)) {
      return notAnObject();
    }
    const key = member(row, "key");
    const value = member(row, "value");
    const isBinary = isBase64(row);
    return assemble("rest-proxy", {
      topic: readTopic(member(row, "topic")),
      partition: readPartition(member(row, "partition")),
      offset: readOffset(member(row, "offset")),
      key: isBinary ? readBase64(key, "/key") : ok(readText(key)),
      value: isBinary ? readBase64(value, "/value") : ok(readText(value)),
      isBinary,
    });
  },
  valueAt: (row) => {
    if (!isObject(row)) {
      return null;
    }
    const value = member(row, "value");
    return isBase64(row) ? base64At(value, "/value") : textAt(value, "/value");
  },
};

function isBase64(row: JsonObject): boolean {
  return ["key", "value"].every((name) => {
    const held = member(row, name);
    return (
      held === undefined || held === null || (typeof held === "string" && fromBase64(held) !== null)
    );
  });
}
