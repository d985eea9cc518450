import { type JsonObject, member } from "@/kernel/json/value.ts";
import { coordinates, countText } from "@/kernel/receipt/kafka-coordinates.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { type DeadLetter, deadLetterOf } from "./dead-letter.ts";
import type { KafkaRecord } from "./record.ts";
import { headerValues, named, valueObject } from "./record-texts.ts";

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

/** What a record tells: of the choreography, and of a denial where it is a dead letter. */
export interface Carried {
  readonly facts: RecordFacts;
  readonly deadLetter: DeadLetter | null;
}

export function readCarried(record: KafkaRecord): Carried {
  const value = valueObject(record);
  const deadLetter = deadLetterOf(record, value);
  return { facts: recordFacts(record, value, deadLetter?.kind === "denial"), deadLetter };
}

function recordFacts(
  record: KafkaRecord,
  value: JsonObject | null,
  isDeadLetter: boolean,
): RecordFacts {
  const { topic, partition, offset } = record;
  const envelope = value === null ? null : envelopeOf(value);
  return {
    topic: topic ?? "",
    coordinates:
      topic === null || partition === null || offset === null
        ? null
        : coordinates(topic, String(partition), offset),
    carries: headerValues(record, "x-chio-receipt"),
    parents: headerValues(record, "x-chio-parent-receipt"),
    envelope,
    isDeadLetter,
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
