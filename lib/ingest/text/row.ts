import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import type { TextForm } from "./reading.ts";

/** The member by which a row is known that was made of text; its value is the form. */
export const ROW_MARK = "chio_text_row";

export type TextHeader = readonly [name: string, value: string | null];
/** Of a record, what is not as it was in the topic. */
export type LossyPart = "key" | "value" | "headers";

/** What a line says of a record, all of it text. */
export interface TextParts {
  readonly topic?: string | null;
  readonly partition?: string | null;
  readonly offset?: string | null;
  /** Unix milliseconds. */
  readonly ts?: number | null;
  readonly tsType?: "create" | "log-append" | null;
  readonly key?: string | null;
  readonly value: string | null;
  readonly headers?: readonly TextHeader[];
  readonly lossy?: readonly LossyPart[];
  /** Key and value are written in base64. */
  readonly isBase64?: boolean;
  /** The value's octets were changed in a way that nobody can undo. */
  readonly isRewritten?: boolean;
}

/** The row as lib/ingest/kafka/text-row.ts reads it; as JSON it keeps its meaning. */
export function textRow(form: TextForm, parts: TextParts): JsonObject {
  const { lossy = [], isBase64 = false, isRewritten = false } = parts;
  const row: Record<string, JsonValue> = {
    [ROW_MARK]: form,
    topic: parts.topic ?? null,
    partition: parts.partition ?? null,
    offset: parts.offset ?? null,
    ts: parts.ts ?? null,
    key: parts.key ?? null,
    value: parts.value,
    headers: parts.headers ?? [],
  };
  if (parts.tsType != null) row["ts_type"] = parts.tsType;
  if (lossy.length > 0) row["lossy"] = lossy;
  if (isBase64) row["base64"] = true;
  if (isRewritten) row["rewritten"] = true;
  return row;
}
