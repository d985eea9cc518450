import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { countText } from "@/kernel/receipt/kafka-coordinates.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { KafkaRecord, RecordProblem } from "./record.ts";

/** One tool's way to write a record of a topic as a JSON object. */
export interface RecordForm {
  readonly name: KafkaRecord["form"];
  /** The member that holds the record's value. */
  readonly valueMember: string;
  recognises(row: JsonObject): boolean;
  read(row: JsonObject): Result<KafkaRecord, RecordProblem>;
  /** The record's value as text; null where there is none, and where it stands as JSON in the row. */
  valueText(row: JsonObject): ValueText | null;
}

export interface ValueText {
  readonly text: string;
  /** False where the octets are not UTF-8 and some were replaced. */
  readonly isExact: boolean;
}

type Read<T> = Result<T, RecordProblem>;

export function readTopic(value: JsonValue | undefined): Read<string | null> {
  return value === undefined || value === null || typeof value === "string"
    ? ok(value === undefined || value === "" ? null : value)
    : err({ pointer: "/topic", expected: "text" });
}

export function readPartition(value: JsonValue | undefined): Read<number | null> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31
    ? ok(value)
    : err({ pointer: "/partition", expected: "an integer from 0 to 2147483647" });
}

export function readOffset(value: JsonValue | undefined): Read<string | null> {
  if (value === undefined || value === null) {
    return ok(null);
  }
  const digits = countText(value);
  return digits === null
    ? err({ pointer: "/offset", expected: "an integer from 0 to 9223372036854775807" })
    : ok(digits);
}

/** Kafka writes -1 where a record has no time. */
export function readTime(value: JsonValue | undefined): Read<number | null> {
  if (value === undefined || value === null || value === -1) {
    return ok(null);
  }
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? ok(value)
    : err({ pointer: "/ts", expected: "Unix milliseconds" });
}
