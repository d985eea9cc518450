import { isObject, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, notAnObject, readAnyTime } from "./assemble.ts";
import type { RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";

/** An event of the Open Cybersecurity Schema Framework: the receipt is the text of `raw_data`. */
export const OCSF: RecordForm = {
  name: "ocsf",
  recognises: (row) =>
    isObject(row) &&
    typeof member(row, "raw_data") === "string" &&
    (Object.hasOwn(row, "class_uid") || Object.hasOwn(row, "category_uid")),
  isPossible: (row) => isObject(row) && Object.hasOwn(row, "raw_data"),
  read: (row) =>
    isObject(row)
      ? assemble("ocsf", {
          time: readAnyTime(member(row, "time"), "/time"),
          value: ok(readText(member(row, "raw_data"))),
        })
      : notAnObject(),
  valueAt: (row) => (isObject(row) ? textAt(member(row, "raw_data"), "/raw_data") : null),
};
