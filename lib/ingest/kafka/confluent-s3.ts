import { isObject } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, coordinatesOf } from "./assemble.ts";
import type { RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";

/**
 * Confluent's sink to S3: values alone, in files named `<topic>+<partition>+<offset of the first>.json`. Its
 * converter parsed each value and wrote it anew.
 */
export const CONFLUENT_S3: RecordForm = {
  name: "confluent-s3",
  recognises: (row, { path }) =>
    path?.includes("+") === true && isObject(row) && NAME.test(lastOf(path)),
  isPossible: (row) => isObject(row) || typeof row === "string",
  read: (row, context) =>
    assemble("confluent-s3", { ...coordinatesOf(context), value: ok(readText(row)) }),
  valueAt: (row) => textAt(row, ""),
};

/** Ten digits of an offset at least: no name that a person gives. */
const NAME = /^[^+]{1,249}\+\d{1,10}\+\d{10,19}\.json(?:l|\.gz)?$/;

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
