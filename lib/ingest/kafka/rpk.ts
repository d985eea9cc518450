import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble, hasAll, notAnObject } from "./assemble.ts";
import { type RecordForm, readOffset, readPartition, readTime, readTopic } from "./form.ts";
import { readHeaders } from "./header-lists.ts";
import { readText, textAt } from "./held.ts";

/**
 * `rpk topic consume`: objects over several lines, one after the other. Empty members are left out, so that an
 * empty key and none are one. With `--meta-only` only the size of a value is there.
 */
export const RPK: RecordForm = {
  name: "rpk",
  recognises: (row) =>
    isObject(row) &&
    hasAll(row, "topic", "partition", "offset", "timestamp") &&
    isInteger(member(row, "timestamp")) &&
    isHeaders(member(row, "headers")),
  isPossible: (row) => isObject(row) && hasAll(row, "topic", "offset"),
  read: (row) => {
    if (!isObject(row)) {
      return notAnObject();
    }
    const value = member(row, "value");
    const isSizeAlone = value === undefined && Object.hasOwn(row, "value_size");
    return assemble("rpk", {
      topic: readTopic(member(row, "topic")),
      partition: readPartition(member(row, "partition")),
      offset: readOffset(member(row, "offset")),
      time: readTime(member(row, "timestamp"), "/timestamp"),
      key: ok(readText(member(row, "key"))),
      value: isSizeAlone
        ? err({
            pointer: "/value",
            expected: "the value, of which the export holds the size alone",
          })
        : ok(readText(value)),
      headers: readHeaders(member(row, "headers")),
    });
  },
  valueAt: (row) => (isObject(row) ? textAt(member(row, "value"), "/value") : null),
};

function isInteger(value: JsonValue | undefined): boolean {
  return typeof value === "number" && Number.isInteger(value);
}

/** A list; a map in what others write with the same names. */
function isHeaders(value: JsonValue | undefined): boolean {
  return value === undefined || value === null || isArray(value) || isObject(value);
}
