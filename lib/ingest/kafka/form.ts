import type { JsonValue } from "@/kernel/json/value.ts";
import { countText } from "@/kernel/receipt/kafka-coordinates.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { ExportForm } from "./export-form.ts";
import type { KafkaRecord, RecordProblem } from "./record.ts";

/** What is known of a row beside itself. */
export interface RecordContext {
  /** A person's word on the form: only this one is tried. */
  readonly form?: ExportForm | undefined;
  /** Path of the file, which names topic, partition and offset in some forms. */
  readonly path?: string | undefined;
  /** Number of the row in its file, from 0. */
  readonly index?: number | undefined;
  /** Topic or stream, where what holds the row names it. */
  readonly topic?: string | undefined;
}

/** One tool's way to write a record of a topic: as an object, an array, or a text. */
export interface RecordForm {
  readonly name: ExportForm;
  /** Whether the row is of this form, and of no other that comes later in the list. */
  recognises(row: JsonValue, context: RecordContext): boolean;
  /** Whether the row can be read so where a person says that it is of this form; else as above. */
  isPossible?(row: JsonValue): boolean;
  read(row: JsonValue, context: RecordContext): Result<KafkaRecord, RecordProblem>;
  /** Where the record's value stands; null for a row that has none. */
  valueAt(row: JsonValue): RowValue | null;
}

/**
 * A record's value as its row holds it.
 *
 * - `kept`: as it was, as octets or as text.
 * - `replaced`: text in which U+FFFD may stand for octets; what holds none is as it was.
 * - `rewritten`: JSON that the tool wrote anew, perhaps with numbers rounded to doubles.
 * - `lost`: signs were changed or left out, so that nothing in it can be judged.
 */
export interface RowValue {
  /** RFC 6901, inside the row; "" where the row is the value. */
  readonly pointer: string;
  /** Null where the value stands as JSON. */
  readonly text: ValueText | null;
  readonly state: "kept" | "replaced" | "rewritten" | "lost";
  /** Where the tool wrote down the same value once more, as it reads it; it is not read a second time. */
  readonly again?: string;
}

export interface ValueText {
  readonly text: string;
  /** False where the octets are not UTF-8 and some were replaced. */
  readonly isExact: boolean;
}

/** A value that holds many rows, such as an event of AWS Lambda. */
export interface ContainerForm {
  readonly name: ExportForm;
  recognises(value: JsonValue): boolean;
  rows(value: JsonValue): Iterable<ContainedRow>;
  /** The member under which the rows stand; what is beside it is searched as in any row. */
  readonly holder: string | null;
}

export interface ContainedRow {
  readonly row: JsonValue;
  /** RFC 6901, from the container. */
  readonly pointer: string;
  readonly form: RecordForm;
  readonly topic?: string;
}

export type Read<T> = Result<T, RecordProblem>;

export function readTopic(value: JsonValue | undefined): Read<string | null> {
  return value === undefined || value === null || typeof value === "string"
    ? ok(value === undefined || value === "" ? null : value)
    : err({ pointer: "/topic", expected: "text" });
}

export function readPartition(
  value: JsonValue | undefined,
  pointer = "/partition",
): Read<number | null> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31
    ? ok(value)
    : err({ pointer, expected: "an integer from 0 to 2147483647" });
}

export function readOffset(value: JsonValue | undefined, pointer = "/offset"): Read<string | null> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  const digits = countText(value);
  return digits === null
    ? err({ pointer, expected: "an integer from 0 to 9223372036854775807" })
    : ok(digits);
}

/** Kafka writes -1 where a record has no time. */
export function readTime(value: JsonValue | undefined, pointer = "/ts"): Read<number | null> {
  if (value === undefined || value === null || value === -1) {
    return ok(null);
  }
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? ok(value)
    : err({ pointer, expected: "Unix milliseconds" });
}
