import { isObject, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, hasAll, notAnObject, readAnyTime } from "./assemble.ts";
import type { RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";

/** An event of EventBridge, as a bus delivers it or as it is put: the envelope is its detail. */
export const EVENTBRIDGE: RecordForm = {
  name: "eventbridge",
  recognises: (row) =>
    isObject(row) && (hasAll(row, "detail-type", "detail") || hasAll(row, "DetailType", "Detail")),
  read: (row) =>
    isObject(row)
      ? assemble("eventbridge", {
          time: readAnyTime(member(row, "time") ?? member(row, "Time"), "/time"),
          value: ok(readText(member(row, "detail") ?? member(row, "Detail"))),
        })
      : notAnObject(),
  valueAt: (row) => {
    if (!isObject(row)) {
      return null;
    }
    return Object.hasOwn(row, "detail")
      ? textAt(member(row, "detail"), "/detail")
      : textAt(member(row, "Detail"), "/Detail");
  },
};
