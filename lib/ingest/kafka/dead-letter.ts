import { fromHex, toHex, utf8 } from "@/kernel/encoding.ts";
import { asText, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { countText, groupRequest, recordOfRequest } from "@/kernel/receipt/kafka-coordinates.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { decodeStrictly } from "../raw-records.ts";
import type { KafkaRecord } from "./record.ts";
import { headerValues } from "./record-texts.ts";

/** Coordinates of a Kafka record as someone says them; null and "" where they do not. */
export interface SourceRecord {
  readonly topic: string;
  readonly partition: string | null;
  readonly offset: string | null;
}

/**
 * What a record of a dead-letter topic says. Nobody signs a record: every member is a claim until the receipt
 * that it names is looked at.
 */
export interface DeadLetter {
  /** `failure`: a Kafka Connect sink could not process the record, which is no denial. */
  readonly kind: "denial" | "failure";
  /** The package's envelope (streaming reference 1.4), the documentation's `chio_denial`, or Connect's headers. */
  readonly envelope: "package" | "documentation" | "connect";
  readonly receiptId: string;
  readonly requestId: string;
  readonly verdict: string;
  readonly guard: string;
  readonly reason: string;
  readonly agent: string;
  readonly scope: string;
  readonly group: string;
  readonly source: SourceRecord;
  /** Key of the denied event, as text; octets that are no UTF-8 as hex, as the consumer writes them. */
  readonly key: string;
  /** Unix seconds of the denial, else of the record; null where neither says. */
  readonly second: number | null;
  /** The denied event's value; null for none, or where the export says that it was left out. */
  readonly payload: Uint8Array | null;
  /** Class of the exception that Connect names; empty for a denial. */
  readonly failure: string;
  /** Envelope and receipt as they stand in the record; null where the value is no object. */
  readonly value: JsonObject | null;
}

const CONNECT = "__connect.errors.";

/** The dead letter that a record is, or null for a record that is none. Never throws. */
export function deadLetterOf(record: KafkaRecord, value: JsonObject | null): DeadLetter | null {
  const failure = connectFailure(record, value);
  if (failure !== null) {
    return failure;
  }
  const version = value === null ? undefined : member(value, "version");
  if (value === null || version === "chio-streaming/v1") {
    return null;
  }
  if (version === "chio-streaming/dlq/v1") {
    return packaged(record, value);
  }
  const denial = objectAt(value, "chio_denial");
  return denial === null ? null : documented(record, value, denial);
}

function packaged(record: KafkaRecord, value: JsonObject): DeadLetter {
  const source = objectAt(value, "source");
  const requestId = text(value, "request_id");
  return {
    kind: "denial",
    envelope: "package",
    receiptId: text(value, "receipt_id"),
    requestId,
    verdict: text(value, "verdict"),
    guard: text(value, "guard"),
    reason: text(value, "reason"),
    agent: "",
    scope: "",
    group: groupRequest(requestId)?.group ?? "",
    source: {
      topic: source === null ? "" : text(source, "topic"),
      partition: source === null ? null : countText(member(source, "partition")),
      offset: source === null ? null : countText(member(source, "offset")),
    },
    // The package writes the request's id where the denied event had no key.
    key: keyOf(record, requestId),
    second: secondOf(record),
    payload: member(value, "original_value_truncated") === true ? null : payloadOf(value),
    failure: "",
    value,
  };
}

function documented(record: KafkaRecord, value: JsonObject, denial: JsonObject): DeadLetter {
  const key = asText(member(value, "original_key"));
  return {
    kind: "denial",
    envelope: "documentation",
    receiptId: text(denial, "receipt_id"),
    requestId: "",
    verdict: "deny",
    guard: decidingGuard(denial),
    reason: text(denial, "reason"),
    agent: text(denial, "identity"),
    scope: text(denial, "scope_requested"),
    group: "",
    source: {
      topic: text(value, "original_topic"),
      partition: countText(member(value, "original_partition")),
      offset: countText(member(value, "original_offset")),
    },
    key: key ?? keyText(record.key),
    second: secondsFrom(member(denial, "timestamp")) ?? secondOf(record),
    payload: payloadOf(value),
    failure: "",
    value,
  };
}

/** `guards_evaluated` names them in order: the last one is where the evaluation ended. */
function decidingGuard(denial: JsonObject): string {
  const said = text(denial, "guard");
  const list = member(denial, "guards_evaluated");
  if (said !== "" || !Array.isArray(list)) {
    return said;
  }
  const last: JsonValue | undefined = list[list.length - 1];
  return typeof last === "string" ? last : isObject(last) ? guardName(last) : "";
}

function guardName(item: JsonObject): string {
  return text(item, "guard_name") || text(item, "guard") || text(item, "name");
}

/** A sink of Kafka Connect that could not process a record says so in headers alone. */
function connectFailure(record: KafkaRecord, value: JsonObject | null): DeadLetter | null {
  if (!record.headers.some(([name]) => name.startsWith(CONNECT))) {
    return null;
  }
  const said = (name: string): string => headerValues(record, `${CONNECT}${name}`)[0] ?? "";
  return {
    kind: "failure",
    envelope: "connect",
    receiptId: "",
    requestId: "",
    verdict: "",
    guard: "",
    reason: said("exception.message"),
    agent: "",
    scope: "",
    group: "",
    source: {
      topic: said("topic"),
      partition: countText(said("partition")),
      offset: countText(said("offset")),
    },
    key: keyText(record.key),
    second: secondOf(record),
    payload: record.value,
    failure: said("exception.class.name") || "not said",
    value,
  };
}

/** The denied event's octets: `{"utf8": text}` or `{"hex": digits}`, or a text (documentation). */
function payloadOf(value: JsonObject): Uint8Array | null {
  const original = member(value, "original_value");
  if (typeof original === "string") {
    return utf8(original);
  }
  if (!isObject(original)) {
    return null;
  }
  const plain = asText(member(original, "utf8"));
  if (plain !== undefined) {
    return utf8(plain);
  }
  return fromHex(text(original, "hex"));
}

function keyOf({ key }: KafkaRecord, requestId: string): string {
  const said = keyText(key);
  return said === requestId ? "" : said;
}

/** As the reference consumer writes keys: UTF-8, else hex (streaming reference 1.2). */
export function keyText(key: Uint8Array | null): string {
  if (key === null) {
    return "";
  }
  const plain = decodeStrictly(key);
  return plain ?? toHex(key);
}

function secondOf({ timestampMs }: KafkaRecord): number | null {
  return timestampMs === null ? null : Math.floor(timestampMs / 1000);
}

/** Unix time in a usual unit, or ISO 8601 with its zone; a time without a zone is nobody's. */
function secondsFrom(value: JsonValue | undefined): number | null {
  if (typeof value === "number") {
    return secondsOf(value);
  }
  if (typeof value !== "string" || value.length > 40 || !ZONED.test(value)) {
    return null;
  }
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) || parsed < 0 ? null : Math.floor(parsed / 1000);
}

/** A number of seconds, milliseconds or microseconds: times of this century tell them apart (reference 5.2). */
function secondsOf(value: number): number | null {
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    return null;
  }
  return Math.floor(value > 1e14 ? value / 1e6 : value > 1e11 ? value / 1000 : value);
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** Coordinates that a request id names, or null. */
export function requestedRecord(requestId: string): string | null {
  return groupRequest(requestId)?.record ?? recordOfRequest(requestId);
}
