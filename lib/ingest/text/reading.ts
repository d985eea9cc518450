import type { ExportForm } from "../kafka/export-form.ts";

/** Export forms that are no JSON rows: a row is made of each line or cell. */
export const TEXT_FORMS = [
  "kcat-text",
  "console-consumer",
  "confluent-cli",
  "redpanda-console-csv",
  "kafbat-csv",
  "connect-csv",
  "bare-value",
] as const satisfies readonly ExportForm[];
export type TextForm = (typeof TEXT_FORMS)[number];

export function isTextForm(form: ExportForm): form is TextForm {
  return TEXT_FORMS.some((known) => known === form);
}

/** What stands in a column; `other` is not read. */
export type Column =
  | "topic"
  | "partition"
  | "offset"
  | "timestamp"
  | "key"
  | "headers"
  | "value"
  | "other";

/** How the text of a member's records becomes rows. Plain data: it is sent to the workers. */
export interface Reading {
  readonly form: TextForm;
  /** What follows what, where the form does not say it itself. The last column takes the rest of a line. */
  readonly columns: readonly Column[];
  /** Names of headers that the sample shows again and again: a header ends where one of them follows. */
  readonly headerNames: readonly string[];
  /** The line that names the columns and is no record. */
  readonly heading: string | null;
  /** CSV whose cells stand in quotes (RFC 4180) and may go over lines. */
  readonly isQuoted: boolean;
}

export function reading(form: TextForm, more: Partial<Reading> = {}): Reading {
  return { form, columns: [], headerNames: [], heading: null, isQuoted: false, ...more };
}
