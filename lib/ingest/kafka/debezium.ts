import { isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { ok } from "@/kernel/result.ts";
import { assemble, notAnObject, readAnyTime } from "./assemble.ts";
import type { RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";

/**
 * A change event of Debezium, with its schema around it or without: the row after the change is the value, or
 * a text in it where the table is an outbox. A value of Connect's converter with its schema is read so too.
 * Topic and offset of the record itself are not in it.
 */
export const DEBEZIUM: RecordForm = {
  name: "debezium",
  recognises: (row) => {
    if (!isObject(row)) {
      return false;
    }
    const payload = member(row, "payload");
    return (
      (isObject(payload) && (isConnectSchema(member(row, "schema")) || isChange(payload))) ||
      isChange(row)
    );
  },
  read: (row) => {
    const found = isObject(row) ? valueIn(row) : null;
    if (!isObject(row) || found === null) {
      return notAnObject();
    }
    const change = changeIn(row).value;
    return assemble("debezium", {
      time: readAnyTime(member(change, "ts_ms"), `${changeIn(row).pointer}/ts_ms`),
      value: ok(readText(found.value)),
    });
  },
  valueAt: (row) => {
    const found = isObject(row) ? valueIn(row) : null;
    return found === null ? null : textAt(found.value, found.pointer);
  },
};

/** A schema of Connect's is an object; our own records name theirs. */
function isConnectSchema(schema: JsonValue | undefined): boolean {
  return isObject(schema) && typeof member(schema, "type") === "string";
}

function isChange(value: JsonObject): boolean {
  return (
    typeof member(value, "op") === "string" &&
    Object.hasOwn(value, "after") &&
    (Object.hasOwn(value, "source") || Object.hasOwn(value, "before"))
  );
}

interface Placed<T> {
  readonly value: T;
  readonly pointer: string;
}

function changeIn(row: JsonObject): Placed<JsonObject> {
  const payload = member(row, "payload");
  return isObject(payload) && !isChange(row)
    ? { value: payload, pointer: "/payload" }
    : { value: row, pointer: "" };
}

function valueIn(row: JsonObject): Placed<JsonValue> {
  const change = changeIn(row);
  if (!Object.hasOwn(change.value, "after")) {
    return change;
  }
  const after = member(change.value, "after") ?? null;
  const pointer = `${change.pointer}/after`;
  for (const name of OUTBOX) {
    const column = isObject(after) ? member(after, name) : undefined;
    if (typeof column === "string" && column.startsWith("{")) {
      return { value: column, pointer: `${pointer}/${name}` };
    }
  }
  return { value: after, pointer };
}

/** Columns that hold the message of an outbox. */
const OUTBOX = ["payload", "value"];
