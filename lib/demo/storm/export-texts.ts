import { toBase64 } from "@/lib/ingest/kafka/base64.ts";
import type { StormRecord } from "./model.ts";

const DECODER = new TextDecoder();

export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** Octets as UTF-8, with U+FFFD where they are none; "" for none at all. */
export function textOf(bytes: Uint8Array | null): string {
  return bytes === null ? "" : DECODER.decode(bytes);
}

export function utf8OrNull(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : textOf(bytes);
}

export function bytesOrNull(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : toBase64(bytes);
}

/** ISO 8601 in UTC, with milliseconds. */
export function iso({ timestampMs }: StormRecord): string {
  return new Date(timestampMs ?? 0).toISOString();
}

export function isoText(record: StormRecord): string {
  return json(iso(record));
}

/** `name=value,name=value`, as kcat and the console consumer write headers. */
export function tsvHeaders({ headers }: StormRecord, sign: "=" | ":"): string {
  return headers.map(([name, value]) => `${name}${sign}${textOf(value)}`).join(",");
}

/** `name="value" name="value"`, as the Confluent CLI does. */
export function consoleHeaders({ headers }: StormRecord): string {
  return headers
    .map(
      ([name, value]) =>
        `${name}=${value === null ? "nil" : value.length === 0 ? "<empty>" : json(textOf(value))}`,
    )
    .join(" ");
}
