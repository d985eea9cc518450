import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { coordinates, countText } from "@/kernel/receipt/kafka-coordinates.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { decodeStrictly } from "../raw-records.ts";
import type { KafkaRecord } from "./record.ts";

/** What a record's value says that holds a receipt (streaming reference 1.4). No signature covers it. */
export interface Envelope {
  readonly kind: "receipt" | "dead-letter";
  /** Of the receipt inside, else as the envelope says; "" where neither says. */
  readonly receiptId: string;
  readonly requestId: string;
}

/** What the transport says of receipts: hints, since nobody signs a record. */
export interface RecordFacts {
  readonly topic: string;
  /** `topic U+0000 partition U+0000 offset`, null where one of them is unknown. */
  readonly coordinates: string | null;
  /** Distinct values of `X-Chio-Receipt`. */
  readonly carries: readonly string[];
  /** Distinct values of `X-Chio-Parent-Receipt`. */
  readonly parents: readonly string[];
  readonly envelope: Envelope | null;
  /** Its value is what is written down of a denied event, in the package's form or the documentation's. */
  readonly isDeadLetter: boolean;
  /** An attempt that its consumer took back (streaming reference 6.2). */
  readonly attempt: { readonly receiptId: string; readonly state: "rolled-back" } | null;
}

/**
 * Receipts that one record may name as itself, and as its cause. A hostile one has a million headers, and every
 * cause is related to every receipt.
 */
const MOST_NAMED = 32;
const NOTHING: readonly string[] = [];

export function recordFacts(record: KafkaRecord): RecordFacts {
  const { topic, partition, offset } = record;
  const value = valueObject(record);
  const envelope = value === null ? null : envelopeOf(value);
  return {
    topic: topic ?? "",
    coordinates:
      topic === null || partition === null || offset === null
        ? null
        : coordinates(topic, String(partition), offset),
    carries: headerTexts(record, "x-chio-receipt"),
    parents: headerTexts(record, "x-chio-parent-receipt"),
    envelope,
    isDeadLetter:
      envelope === null
        ? value !== null && objectAt(value, "chio_denial") !== null
        : envelope.kind === "dead-letter",
    attempt: value === null || envelope !== null ? null : attemptOf(value),
  };
}

/** The version texts of envelopes that hold a receipt, and what each is. */
const ENVELOPES: ReadonlyMap<unknown, Envelope["kind"]> = new Map([
  ["chio-streaming/v1", "receipt"],
  ["chio-streaming/dlq/v1", "dead-letter"],
]);

/** Whether the value is an envelope, whatever it holds. */
export function isEnvelope(value: JsonObject): boolean {
  return ENVELOPES.has(member(value, "version"));
}

export function envelopeOf(value: JsonObject): Envelope | null {
  const kind = ENVELOPES.get(member(value, "version"));
  if (kind === undefined) {
    return null;
  }
  const receipt = objectAt(value, "receipt");
  const inner = receipt === null ? "" : text(receipt, "id");
  return {
    kind,
    receiptId: named(inner === "" ? text(value, "receipt_id") : inner),
    requestId: named(text(value, "request_id")),
  };
}

/** Events of any business have states and receipts: which attempt it was, only an attempt record says. */
function attemptOf(value: JsonObject): RecordFacts["attempt"] {
  if (member(value, "state") !== "rolled_back" || countText(member(value, "attempt")) === null) {
    return null;
  }
  const receiptId = named(text(value, "receipt_id") || text(value, "receiptId"));
  return receiptId === "" ? null : { receiptId, state: "rolled-back" };
}

const BRACE = 0x7b;

function valueObject({ value }: KafkaRecord): JsonObject | null {
  const isText = value?.includes(BRACE) === true;
  const textual = isText ? decodeStrictly(value) : null;
  const parsed = textual === null ? null : parseJson(textual);
  return parsed?.ok === true && isObject(parsed.value.value) ? parsed.value.value : null;
}

/** Names of headers are compared without case, as HTTP bridges respell them. */
function headerTexts({ headers }: KafkaRecord, name: string): readonly string[] {
  let found: Set<string> | null = null;
  for (const [spelled, bytes] of headers) {
    if (bytes === null || spelled.length !== name.length || spelled.toLowerCase() !== name) {
      continue;
    }
    const id = named(decodeStrictly(bytes) ?? "");
    if (id !== "") {
      found ??= new Set();
      found.add(id);
      if (found.size === MOST_NAMED) {
        break;
      }
    }
  }
  return found === null ? NOTHING : [...found];
}

/** As in the columns of ids, which U+0000 joins. */
function named(id: string): string {
  return id.includes("\u0000") ? id.replaceAll("\u0000", " ") : id;
}
