import { expect } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import type { KafkaHeader, KafkaRecord } from "../record.ts";

/** A record as the topic held it, whatever a form makes of it. */
export type GoldenRecord = Omit<KafkaRecord, "form" | "fidelity">;

/** 2026-11-22T04:21:12.785Z; the records follow by a second each. */
export const GOLDEN_TIME = 1_795_321_272_785;

const ENVELOPE =
  '{"guard":"scope-guard","reason":"missing scope","receipt_id":"rcpt_1","request_id":"chio-kafka-orders-0-7","source":{"offset":7,"partition":0,"topic":"orders"},"verdict":"deny","version":"chio-streaming/dlq/v1"}';

/** `{"note":"<0xFF> cut"}`: no UTF-8. */
const NOT_UTF8 = new Uint8Array([...utf8('{"note":"'), 0xff, ...utf8(' cut"}')]);

const HEADERS: readonly KafkaHeader[] = [
  ["X-Chio-Receipt", utf8("rcpt_1")],
  ["X-Chio-Verdict", utf8("deny")],
];

function golden(index: number, change: Partial<GoldenRecord>): GoldenRecord {
  return {
    topic: "dlq",
    partition: 0,
    offset: String(index),
    timestampMs: GOLDEN_TIME + index * 1000,
    timestampType: "create",
    key: utf8(`key${index}`),
    value: utf8(ENVELOPE),
    headers: HEADERS,
    ...change,
  };
}

/** The same six records that every form's golden file holds. */
export const GOLDEN_RECORDS: readonly GoldenRecord[] = [
  golden(0, {}),
  /** A header twice. */
  golden(1, { headers: [...HEADERS, ["X-Chio-Verdict", utf8("dup")]] }),
  /** No key. */
  golden(2, { key: null }),
  /** A tombstone. */
  golden(3, { value: null }),
  /** Octets that are no UTF-8 in the value. */
  golden(4, { value: NOT_UTF8 }),
  /** The last offset that there is. */
  golden(5, { offset: "9223372036854775807", value: utf8('{"where":"Zürich"}') }),
];

export type LossyPart =
  | "topic"
  | "partition"
  | "offset"
  | "timestampMs"
  | "timestampType"
  | "key"
  | "headers";

/** What a form loses, by name: everything else must be as it was. */
export interface Allowances {
  /** What the form does not hold at all: null, or no headers. */
  readonly lost?: readonly LossyPart[];
  /** A map keeps one header of a name, the last. */
  readonly repeatedHeaders?: "last";
  readonly timestampMs?: "seconds";
  /** No key and an empty one are written alike. */
  readonly nullKey?: "empty";
  /** No value and an empty one are written alike. */
  readonly tombstone?: "empty";
  /** The form holds octets, not text: nothing is replaced. */
  readonly octets?: "kept";
  /** `respelled`: the value is JSON, but not as it was written. */
  readonly value?: "respelled";
  /** Of {@link GOLDEN_RECORDS}, by index: those that the form cannot hold, and that its file leaves out. */
  readonly without?: readonly number[];
  /** Of {@link GOLDEN_RECORDS}, by index: further records that the form marks as lossy. */
  readonly lossy?: readonly number[];
  /** Of the records whose octets the form keeps; `text` unless told. */
  readonly fidelity?: KafkaRecord["fidelity"];
}

/** Compares what was read of a golden file with {@link GOLDEN_RECORDS}, but for what is allowed to be lost. */
export function expectGolden(records: readonly KafkaRecord[], allowances: Allowances = {}): void {
  const wanted = GOLDEN_RECORDS.flatMap((record, index) =>
    allowances.without?.includes(index) === true ? [] : [expected(record, index, allowances)],
  );
  expect(records.map((record) => shown(record, allowances))).toEqual(wanted);
}

type Shown = Readonly<Record<string, unknown>>;

function expected(record: GoldenRecord, index: number, allowances: Allowances): Shown {
  const { lost = [], fidelity = "text" } = allowances;
  const isReplaced = index === 4 && allowances.octets !== "kept";
  const value = text(record.value);
  const all: Shown = {
    ...record,
    timestampMs:
      allowances.timestampMs === "seconds" && record.timestampMs !== null
        ? Math.floor(record.timestampMs / 1000) * 1000
        : record.timestampMs,
    key: record.key === null && allowances.nullKey === "empty" ? "" : text(record.key),
    value: valueShown(
      value === null && allowances.tombstone === "empty" ? "" : value,
      record.value,
      allowances,
    ),
    headers: headersOf(record.headers, allowances),
    fidelity: isReplaced || allowances.lossy?.includes(index) === true ? "lossy" : fidelity,
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, held]) =>
      lost.some((part) => part === name) ? [name, name === "headers" ? [] : null] : [name, held],
    ),
  );
}

function headersOf(
  headers: readonly KafkaHeader[],
  { repeatedHeaders }: Allowances,
): readonly (readonly [string, string | null])[] {
  const pairs = headers.map(([name, value]) => [name, text(value)] as const);
  return repeatedHeaders === "last" ? [...new Map(pairs)] : pairs;
}

function shown(record: KafkaRecord, allowances: Allowances): Shown {
  const { form: _, key, value, headers, ...rest } = record;
  return {
    ...rest,
    key: text(key),
    value: valueShown(text(value), value, allowances),
    headers: headers.map(([name, octets]) => [name, text(octets)]),
  };
}

function valueShown(value: string | null, octets: Uint8Array | null, allowances: Allowances) {
  if (value === null || value === "") {
    return value;
  }
  if (allowances.octets === "kept") {
    return octets === null ? null : [...octets];
  }
  return allowances.value === "respelled" ? (JSON.parse(value) as unknown) : value;
}

function text(octets: Uint8Array | null): string | null {
  return octets === null ? null : new TextDecoder().decode(octets);
}
