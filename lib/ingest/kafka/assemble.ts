import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { err, ok } from "@/kernel/result.ts";
import { coordinatesOfPath, offsetAt } from "../path-coordinates.ts";
import { timeOf } from "../text/numbers.ts";
import type { ExportForm } from "./export-form.ts";
import type { Read, RecordContext } from "./form.ts";
import { type Held, NOTHING_HELD } from "./held.ts";
import type { KafkaHeader, KafkaRecord } from "./record.ts";

/** The parts of a record as a form read them; a part that it lacks is left away. */
export interface RecordParts {
  readonly topic?: Read<string | null>;
  readonly partition?: Read<number | null>;
  readonly offset?: Read<string | null>;
  readonly time?: Read<number | null>;
  readonly timestampType?: KafkaRecord["timestampType"];
  readonly key?: Read<Held>;
  readonly value: Read<Held>;
  readonly headers?: Read<readonly KafkaHeader[]>;
  /** Of a form that writes octets: a record without key and value is exact too. */
  readonly isBinary?: boolean;
}

const NULL: Read<null> = ok(null);
const NO_HEADERS: Read<readonly KafkaHeader[]> = ok([]);
const NO_KEY: Read<Held> = ok(NOTHING_HELD);

/** A record of its parts, or the first problem among them. Key and value decide how exact it is. */
export function assemble(form: ExportForm, parts: RecordParts): Read<KafkaRecord> {
  const { topic = NULL, partition = NULL, offset = NULL, time = NULL } = parts;
  const { key = NO_KEY, value, headers = NO_HEADERS } = parts;
  if (!topic.ok) return topic;
  if (!partition.ok) return partition;
  if (!offset.ok) return offset;
  if (!time.ok) return time;
  if (!key.ok) return key;
  if (!value.ok) return value;
  if (!headers.ok) return headers;
  return ok({
    topic: topic.value,
    partition: partition.value,
    offset: offset.value,
    timestampMs: time.value,
    timestampType: parts.timestampType ?? null,
    key: key.value.bytes,
    value: value.value.bytes,
    headers: headers.value,
    form,
    fidelity: fidelity(key.value, value.value, parts.isBinary === true),
  });
}

function fidelity(key: Held, value: Held, isBinary: boolean): KafkaRecord["fidelity"] {
  if (key.kept === "changed" || value.kept === "changed") {
    return "lossy";
  }
  const hasText = key.kept === "text" || value.kept === "text";
  const hasOctets = key.bytes !== null || value.bytes !== null;
  return !hasText && (isBinary || hasOctets) ? "exact" : "text";
}

/** A time in digits or as ISO 8601, as Unix milliseconds. Kafka writes -1 where a record has none. */
export function readAnyTime(value: JsonValue | undefined, pointer: string): Read<number | null> {
  if (value === undefined || value === null || value === "") {
    return NULL;
  }
  const isText = typeof value === "string" && value.length <= 40;
  const time = isText || typeof value === "number" ? timeOf(String(value)) : undefined;
  return time === undefined ? err({ pointer, expected: "a time" }) : ok(time);
}

/** What a file's name says of the records in it, where the rows do not say it. */
export function coordinatesOf({ path, index, topic }: RecordContext): {
  readonly topic: Read<string | null>;
  readonly partition: Read<number | null>;
  /** Of a file of bare values: of its first record, counted on. */
  readonly offset: Read<string | null>;
} {
  const named = path === undefined ? null : coordinatesOfPath(path);
  return {
    topic: ok(topic ?? named?.topic ?? null),
    partition: ok(named?.partition ?? null),
    offset: ok(named === null || index === undefined ? null : offsetAt(named, index)),
  };
}

export function notAnObject(): Read<KafkaRecord> {
  return err({ pointer: "", expected: "an object" });
}

/** Whether an object has all of these members. */
export function hasAll(row: JsonObject, ...names: readonly string[]): boolean {
  for (const name of names) {
    if (!Object.hasOwn(row, name)) {
      return false;
    }
  }
  return true;
}
