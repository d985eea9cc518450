import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, coordinatesOf, hasAll, notAnObject, readAnyTime } from "./assemble.ts";
import {
  type ContainedRow,
  type ContainerForm,
  type RecordForm,
  readOffset,
  readPartition,
} from "./form.ts";
import { readHeaders } from "./header-lists.ts";
import { readText, textAt } from "./held.ts";

/** AKHQ: what its API gives under `results`, or the values alone of a download, which it parsed. */
export const AKHQ: RecordForm = {
  name: "akhq",
  recognises: (row) =>
    isObject(row) &&
    isResult(row) &&
    typeof member(row, "timestamp") === "string" &&
    Object.hasOwn(row, "value"),
  isPossible: (row) => isObject(row) || typeof row === "string",
  read: (row, context) => {
    if (typeof row === "string" || (isObject(row) && !isResult(row))) {
      return assemble("akhq", { ...coordinatesOf(context), value: ok(readText(row)) });
    }
    return isObject(row)
      ? assemble("akhq", {
          topic: ok(topicOf(row) ?? context.topic ?? null),
          partition: readPartition(member(row, "partition")),
          offset: readOffset(member(row, "offset")),
          time: readAnyTime(member(row, "timestamp"), "/timestamp"),
          key: ok(readText(member(row, "key"))),
          value: ok(readText(member(row, "value"))),
          headers: readHeaders(member(row, "headers")),
        })
      : notAnObject();
  },
  valueAt: (row) =>
    isObject(row) && isResult(row) ? textAt(member(row, "value"), "/value") : textAt(row, ""),
};

function isResult(row: JsonObject): boolean {
  return hasAll(row, "partition", "offset");
}

/** A name, or an object that has one, by its version. */
function topicOf(row: JsonObject): string | null {
  const topic = member(row, "topic");
  const name = isObject(topic) ? member(topic, "name") : topic;
  return typeof name === "string" && name !== "" ? name : null;
}

/** A page of AKHQ's API. */
export const AKHQ_RESULTS: ContainerForm = {
  name: "akhq",
  recognises: (value) => {
    const results = resultsOf(value);
    const [first] = results ?? [];
    return results !== null && first !== undefined && isObject(first) && isResult(first);
  },
  *rows(value): Generator<ContainedRow, void> {
    const results = resultsOf(value) ?? [];
    for (let index = 0; index < results.length; index += 1) {
      yield { row: results[index] ?? null, pointer: `/results/${index}`, form: AKHQ };
    }
  },
  holder: "results",
};

function resultsOf(value: JsonValue): readonly JsonValue[] | null {
  const results = isObject(value) ? member(value, "results") : undefined;
  return isArray(results) ? results : null;
}
