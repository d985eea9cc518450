import { utf8 } from "@/kernel/encoding.ts";
import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { assemble } from "./assemble.ts";
import type { ContainedRow, ContainerForm, Read, RecordForm } from "./form.ts";
import { readText, textAt } from "./held.ts";
import type { KafkaHeader } from "./record.ts";

/**
 * Entries of a Redis stream: `["1795321272785-0", ["payload", "{...}", ...]]` as `redis-cli --json` writes
 * them, or `{"id": ..., "message": {...}}` as clients do. The envelope is the field `payload`, and headers
 * are fields of their own. An entry has a time, and neither partition nor offset.
 */
export const REDIS: RecordForm = {
  name: "redis",
  recognises: (row) => partsOf(row) !== null,
  read: (row, { topic }) => {
    const parts = partsOf(row);
    if (parts === null) {
      return err({ pointer: "", expected: "an id and fields" });
    }
    const headers = headersOf(parts.fields, parts.pointer);
    return assemble("redis", {
      topic: ok(topic ?? null),
      time: ok(timeOf(parts.id)),
      key: ok(readText(parts.fields.find(({ name }) => name === "key")?.value)),
      value: ok(readText(payloadOf(parts)?.value)),
      headers,
    });
  },
  valueAt: (row) => {
    const parts = partsOf(row);
    const payload = parts === null ? undefined : payloadOf(parts);
    return parts === null || payload === undefined
      ? null
      : textAt(payload.value, `${parts.pointer}/${payload.token}`);
  },
};

interface Field {
  readonly name: string;
  readonly value: JsonValue;
  /** Of the value, inside the fields. */
  readonly token: string;
}

interface Parts {
  readonly id: string;
  readonly fields: readonly Field[];
  readonly pointer: string;
}

const ENTRY_ID = /^\d{1,20}-\d{1,20}$/;

function partsOf(row: JsonValue): Parts | null {
  if (isArray(row)) {
    const [id, fields] = row;
    return row.length === 2 && typeof id === "string" && ENTRY_ID.test(id)
      ? { id, fields: fieldsOf(fields), pointer: "/1" }
      : null;
  }
  const message = isObject(row) ? member(row, "message") : undefined;
  const id = isObject(row) ? member(row, "id") : undefined;
  return isObject(message) && typeof id === "string" && ENTRY_ID.test(id)
    ? { id, fields: fieldsOf(message), pointer: "/message" }
    : null;
}

function payloadOf({ fields }: Parts): Field | undefined {
  return fields.find(({ name }) => name === "payload");
}

/** Names and values in turn, or by name. */
function fieldsOf(value: JsonValue | undefined): readonly Field[] {
  const fields: Field[] = [];
  if (isObject(value)) {
    for (const [name, held] of Object.entries(value)) {
      fields.push({ name, value: held, token: name.replaceAll("~", "~0").replaceAll("/", "~1") });
    }
  }
  for (let at = 0; isArray(value) && at + 1 < value.length; at += 2) {
    const name = value[at];
    if (typeof name === "string") {
      fields.push({ name, value: value[at + 1] ?? null, token: String(at + 1) });
    }
  }
  return fields;
}

function headersOf(fields: readonly Field[], at: string): Read<readonly KafkaHeader[]> {
  const headers: KafkaHeader[] = [];
  for (const { name, value, token } of fields) {
    if (!/^x-chio-/i.test(name)) {
      continue;
    }
    if (typeof value !== "string" && value !== null) {
      return err({ pointer: `${at}/${token}`, expected: "text" });
    }
    headers.push([name, value === null ? null : utf8(value)]);
  }
  return ok(headers);
}

/** The milliseconds that an entry's id begins with. */
function timeOf(id: string): number | null {
  const time = ENTRY_ID.test(id) ? Number(id.slice(0, id.indexOf("-"))) : Number.NaN;
  return Number.isSafeInteger(time) ? time : null;
}

/** Entries in a list: of XRANGE, or of one stream in what XREAD gives. */
export const REDIS_ENTRIES: ContainerForm = {
  name: "redis",
  recognises: (value) => streamIn(value) !== null || entriesIn(value) !== null,
  *rows(value): Generator<ContainedRow, void> {
    const stream = streamIn(value);
    const entries = stream?.entries ?? entriesIn(value) ?? [];
    const at = stream === null ? "" : "/1";
    for (let index = 0; index < entries.length; index += 1) {
      const row = entries[index] ?? null;
      const pointer = `${at}/${index}`;
      yield stream === null
        ? { row, pointer, form: REDIS }
        : { row, pointer, form: REDIS, topic: stream.name };
    }
  },
  holder: null,
};

function entriesIn(value: JsonValue | undefined): readonly JsonValue[] | null {
  return isArray(value) && isArray(value[0]) && partsOf(value[0]) !== null ? value : null;
}

function streamIn(
  value: JsonValue,
): { readonly name: string; readonly entries: readonly JsonValue[] } | null {
  if (!isArray(value) || value.length !== 2) {
    return null;
  }
  const [name, list] = value;
  const entries = entriesIn(list);
  return typeof name === "string" && entries !== null ? { name, entries } : null;
}
