import type { JsonObject } from "@/kernel/json/value.ts";
import { readGoHeaders } from "./go-headers.ts";
import { isDigits, millisecondsOf } from "./numbers.ts";
import type { Reading } from "./reading.ts";
import { type LossyPart, type TextParts, textRow } from "./row.ts";

const HEADERS = "% Headers: [";
/** A key that is longer hides where its record was; nobody has such keys. */
const LONGEST_KEY = 64 * 1024;

/** Between the key and the value: where and when the record was. */
const PLACE = /(?:^|\t)(?:Timestamp:(-?\d{1,16})[ \t])?Partition:(\d{1,10}) Offset:(\d{1,19})\t/;
const TIME_ALONE = /(?:^|\t)Timestamp:(-?\d{1,16})[ \t]/;

export function isHeaderLine(line: string): boolean {
  return line.startsWith(HEADERS);
}

/** Whether a line says where its record was: such a line begins one. */
export function hasPlace(line: string): boolean {
  return placeIn(line) !== null;
}

/** Whether a line says at least when its record was. */
export function hasTime(line: string): boolean {
  return hasPlace(line) || TIME_ALONE.test(line.slice(0, LONGEST_KEY));
}

function placeIn(line: string): RegExpExecArray | null {
  const head = line.length > LONGEST_KEY ? line.slice(0, LONGEST_KEY) : line;
  return PLACE.exec(head);
}

/**
 * A record of `confluent kafka topic consume`, with the line of its headers below it. Nothing is written for
 * a key or value that is not there. Header values above 65 octets are cut unless `--full-header` is given.
 */
export function readConfluentRecord(text: string, given: Reading): JsonObject | null {
  const { body, headerLine } = divide(text);
  if (body === null) return null;
  const lossy: LossyPart[] = [];
  const headers = headerLine === null ? null : readGoHeaders(headerLine.slice(HEADERS.length - 1));
  if (headerLine !== null && (headers === null || headers.isCut)) lossy.push("headers");
  const parts = placed(body, given);
  return parts === null
    ? null
    : textRow("confluent-cli", { ...parts, headers: headers?.headers ?? [], lossy });
}

/** The last line of headers counts: a value may hold lines that look like one. */
function divide(text: string): {
  readonly body: string | null;
  readonly headerLine: string | null;
} {
  const trimmed = text.endsWith("\r") ? text.slice(0, -1) : text;
  const at = trimmed.lastIndexOf(`\n${HEADERS}`);
  if (at < 0)
    return isHeaderLine(trimmed)
      ? { body: null, headerLine: null }
      : { body: trimmed, headerLine: null };
  const body = trimmed.slice(0, at);
  return {
    body: body.endsWith("\r") ? body.slice(0, -1) : body,
    headerLine: trimmed.slice(at + 1),
  };
}

function placed(body: string, { columns }: Reading): TextParts | null {
  const place = placeIn(body);
  if (place !== null) {
    const [all, time, partition = "", offset = ""] = place;
    const ts = time === undefined ? null : millisecondsOf(time);
    if (ts === undefined || !isDigits(offset)) return null;
    return {
      partition,
      offset,
      ts,
      key: nothing(body.slice(0, place.index)),
      value: nothing(body.slice(place.index + all.length)),
    };
  }
  if (columns.includes("offset")) return null;
  const time = TIME_ALONE.exec(body.slice(0, LONGEST_KEY));
  if (time !== null && columns.includes("timestamp")) {
    return {
      ts: millisecondsOf(time[1] ?? "") ?? null,
      key: nothing(body.slice(0, time.index)),
      value: nothing(body.slice(time.index + time[0].length)),
    };
  }
  const tab = columns.includes("key") ? body.indexOf("\t") : -1;
  return {
    key: tab < 0 ? null : nothing(body.slice(0, tab)),
    value: nothing(body.slice(tab + 1)),
  };
}

function nothing(text: string): string | null {
  return text === "" ? null : text;
}
