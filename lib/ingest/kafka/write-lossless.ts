import { toBase64 } from "./base64.ts";
import type { KafkaRecord } from "./record.ts";

/** A record as one line of our own form, without the line feed. */
export function losslessLine(record: Omit<KafkaRecord, "form" | "fidelity">): string {
  return JSON.stringify({
    v: 1,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    ts: record.timestampMs,
    ...(record.timestampType === null ? {} : { ts_type: record.timestampType }),
    key_b64: record.key === null ? null : toBase64(record.key),
    value_b64: record.value === null ? null : toBase64(record.value),
    headers: record.headers.map(([name, value]) => [name, value === null ? null : toBase64(value)]),
  });
}
