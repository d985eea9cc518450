import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, notAnObject } from "./assemble.ts";
import type { RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";

/**
 * Documents of Elasticsearch: hits with their `_source`, or the lines of a bulk file, where a person says that
 * they are. A line that follows an action is otherwise known by what it is.
 */
export const ELASTIC_BULK: RecordForm = {
  name: "elastic-bulk",
  recognises: (row) => isObject(row) && isHit(row),
  isPossible: (row) => isObject(row) && !isBulkAction(row),
  read: (row) =>
    isObject(row)
      ? assemble("elastic-bulk", { value: ok(readText(isHit(row) ? member(row, "_source") : row)) })
      : notAnObject(),
  valueAt: (row) =>
    isObject(row) && isHit(row) ? textAt(member(row, "_source"), "/_source") : textAt(row, ""),
};

function isHit(row: JsonObject): boolean {
  return (
    isObject(member(row, "_source")) && (Object.hasOwn(row, "_index") || Object.hasOwn(row, "_id"))
  );
}

const META: ReadonlySet<string> = new Set([
  "_index",
  "_id",
  "_type",
  "routing",
  "_routing",
  "op_type",
  "pipeline",
  "require_alias",
  "require_data_stream",
  "dynamic_templates",
  "version",
  "version_type",
  "if_seq_no",
  "if_primary_term",
  "list_executed_pipelines",
]);

/** A line of a bulk file that says what to do with the document on the next one. */
export function isBulkAction(value: JsonValue): boolean {
  if (!isObject(value)) {
    return false;
  }
  const action = member(value, "index") ?? member(value, "create");
  return (
    isObject(action) &&
    Object.keys(value).length === 1 &&
    Object.keys(action).every((name) => META.has(name))
  );
}
