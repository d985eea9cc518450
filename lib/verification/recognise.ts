import type { JsonProblem } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import { isBulkAction } from "@/lib/ingest/kafka/elastic-bulk.ts";
import type { RecordContext, RecordForm } from "@/lib/ingest/kafka/form.ts";
import { exportedRows } from "@/lib/ingest/kafka/forms.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import { recogniseExport } from "./recognise-export.ts";
import { ENVELOPE_DEPTH, search } from "./search-members.ts";
import type { OtherKind } from "./unit-result.ts";

/** A record found in a row, and where in it: `/receipt` for the usual wrapper, "" for the row itself. */
export interface Recognised {
  readonly kind: OtherKind | "receipt" | "inclusion-proof" | "unreadable-receipt";
  readonly value: JsonObject;
  /**
   * RFC 6901. Where a row is an exported Kafka record whose value is text, the pointer goes on through that
   * text: `/payload/receipt`. `resolveInside` (lib/ingest/kafka) follows it.
   */
  readonly pointer: string;
  /** The wrapper around it, which no signature covers. */
  readonly wrapper: JsonObject | null;
  /** Of an unreadable receipt whose own text, inside a Kafka record, may not be read: why. */
  readonly problem?: TextProblem;
  /**
   * Of what an exporting tool may have changed: `rewritten` as JSON, and it holds an integer that doubles
   * round; `replaced`, and U+FFFD stands in it. That it does not fit says nothing then.
   */
  readonly doubt?: "rewritten" | "replaced";
}

/** An exported record of a topic. The receipts inside it are told beside it, with their own pointers. */
export interface RecognisedRecord {
  readonly kind: "kafka-record";
  /** Its own row, and where that stands. */
  readonly value: JsonValue;
  readonly pointer: string;
  readonly form: RecordForm;
  readonly record: KafkaRecord;
  /** Pointers of integers beyond 64 bits in the text of its value. */
  readonly beyondU64: readonly string[];
}

/** Something that is understood, and that cannot be taken or read any further. */
export interface Refused {
  readonly kind: "refused";
  readonly code: "FMT-013" | "LIM-003";
  readonly pointer: string;
  /** What should stand there, in words; null for a limit. */
  readonly expected: string | null;
}

/** A line that a tool writes beside records, such as the actions of Elastic's bulk form. */
export interface Framing {
  readonly kind: "framing";
  readonly pointer: string;
}

export type Found = Recognised | RecognisedRecord | Refused | Framing;

/** Why a text inside a row may not be read, and at which pointer of the row. */
export interface TextProblem {
  readonly kind: JsonProblem["kind"] | "not-utf-8";
  readonly pointer: string;
}

/**
 * Recognises a row by its members, never by `schema` alone: a changed schema text must not turn a signed
 * record into an unknown row. The name of its file is asked for coordinates of bare values only.
 */
export function recognise(value: JsonValue, context: RecordContext = {}): readonly Found[] {
  const exported = exportedRows(value, context);
  if (exported !== null) {
    return recogniseExport(value, exported);
  }
  if (isBulkAction(value)) {
    return [{ kind: "framing", pointer: "" }];
  }
  const found: Found[] = [];
  if (isObject(value)) {
    search(value, "", null, ENVELOPE_DEPTH, found);
  }
  return found;
}
