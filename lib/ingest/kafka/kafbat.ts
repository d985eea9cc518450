import { isObject, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, coordinatesOf, hasAll, notAnObject, readAnyTime } from "./assemble.ts";
import { type RecordForm, readOffset, readPartition } from "./form.ts";
import { readHeaders, textHeader } from "./header-lists.ts";
import { readText, textAt } from "./held.ts";

/** Kafbat UI's export: names with capitals, headers as a map, and no topic. */
export const KAFBAT: RecordForm = {
  name: "kafbat",
  recognises: (row) => isObject(row) && hasAll(row, "Value", "Offset", "Partition"),
  isPossible: (row) => isObject(row) && Object.hasOwn(row, "Value"),
  read: (row, context) => {
    if (!isObject(row)) {
      return notAnObject();
    }
    return assemble("kafbat", {
      topic: coordinatesOf(context).topic,
      partition: readPartition(member(row, "Partition"), "/Partition"),
      offset: readOffset(member(row, "Offset"), "/Offset"),
      time: readAnyTime(member(row, "Timestamp"), "/Timestamp"),
      key: ok(readText(member(row, "Key"))),
      value: ok(readText(member(row, "Value"))),
      headers: readHeaders(member(row, "Headers"), textHeader, "/Headers"),
    });
  },
  valueAt: (row) => (isObject(row) ? textAt(member(row, "Value"), "/Value") : null),
};
