import { type JsonObject, type JsonValue, member } from "../json/value.ts";
import { text } from "./read.ts";

/** Offsets and partitions are signed 64-bit integers that start at zero. */
const LARGEST = "9223372036854775807";
const REQUEST = "chio-kafka-";
const GROUP_REQUEST = "chio:";
const JOINER = "\u0000";

/**
 * `topic U+0000 partition U+0000 offset`, or null where one of them is no coordinate. No topic holds
 * U+0000, so the parts cannot be shifted into one another.
 */
export function coordinates(topic: string, partition: string, offset: string): string | null {
  return topic === "" || topic.includes(JOINER) || !isCount(partition) || !isCount(offset)
    ? null
    : `${topic}${JOINER}${partition}${JOINER}${offset}`;
}

/** An integer from 0 to 2^63-1 as its only spelling in digits, or null: also for a double that was rounded. */
export function countText(value: JsonValue | undefined): string | null {
  switch (typeof value) {
    case "number":
      return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
    case "bigint": {
      const digits = String(value);
      return isCount(digits) ? digits : null;
    }
    case "string":
      return isCount(value) ? value : null;
    default:
      return null;
  }
}

/** The parts of `chio:<cluster>:<group>:<topic>:<partition>:<offset>` (streaming reference 6.2). */
export interface GroupRequest {
  readonly group: string;
  readonly record: string | null;
}

/** Read from its end: a cluster is often named with its port, and no topic holds a colon. */
export function groupRequest(request: string): GroupRequest | null {
  if (!request.startsWith(GROUP_REQUEST)) {
    return null;
  }
  const parts: string[] = [];
  let end = request.length;
  for (let count = 0; count < 4; count += 1) {
    const colon = request.lastIndexOf(":", end - 1);
    if (colon < GROUP_REQUEST.length) {
      return null;
    }
    parts.push(request.slice(colon + 1, end));
    end = colon;
  }
  const [offset = "", partition = "", topic = "", group = ""] = parts;
  return { group, record: coordinates(topic, partition, offset) };
}

/**
 * The record that a consume judged: by its parameters, or else by its request id, which is
 * `chio-kafka-<topic>-<partition>-<offset>` of the reference consumer (a topic may hold hyphens itself) or
 * the form that {@link groupRequest} reads.
 */
export function kafkaRecordOf(
  parameters: JsonObject | null,
  requests: readonly string[],
): string | null {
  if (parameters !== null) {
    const partition = countText(member(parameters, "partition"));
    const offset = countText(member(parameters, "offset"));
    if (partition !== null && offset !== null) {
      const record = coordinates(text(parameters, "topic"), partition, offset);
      if (record !== null) {
        return record;
      }
    }
  }
  for (const request of requests) {
    const record = groupRequest(request)?.record ?? recordOfRequest(request);
    if (record !== null) {
      return record;
    }
  }
  return null;
}

/** The coordinates that a request id names, or null. */
export function recordOfRequest(request: string): string | null {
  if (!request.startsWith(REQUEST)) {
    return null;
  }
  const beforeOffset = request.lastIndexOf("-");
  const beforePartition = request.lastIndexOf("-", beforeOffset - 1);
  if (beforePartition < REQUEST.length) {
    return null;
  }
  return coordinates(
    request.slice(REQUEST.length, beforePartition),
    request.slice(beforePartition + 1, beforeOffset),
    request.slice(beforeOffset + 1),
  );
}

function isCount(digits: string): boolean {
  const { length } = digits;
  if (length === 0 || length > LARGEST.length || (length > 1 && digits.startsWith("0"))) {
    return false;
  }
  for (let at = 0; at < length; at += 1) {
    const code = digits.charCodeAt(at);
    if (code < 0x30 || code > 0x39) {
      return false;
    }
  }
  return length < LARGEST.length || digits <= LARGEST;
}
