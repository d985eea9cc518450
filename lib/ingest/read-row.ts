import { type JsonProblem, type ParsedJson, parseJson } from "@/kernel/json/parse.ts";
import { isArray, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import type { ExportForm } from "./kafka/export-form.ts";
import type { RecordContext } from "./kafka/form.ts";
import { decodeLossily, decodeStrictly } from "./raw-records.ts";
import type { HowRead, RawRecord } from "./record.ts";
import { readTextRow } from "./text/read-text-row.ts";
import { isTextForm, type Reading } from "./text/reading.ts";
import type { LossyPart } from "./text/row.ts";

/**
 * What a record's text is.
 *
 * - `row`: a value, as parsed or as made of a line; `isLossy` where U+FFFD stands for what is no UTF-8.
 * - `heading`: the line that names the columns.
 * - `refused`: not JSON, or not of the form that its file is read as.
 */
export type ReadRow =
  | ({ readonly kind: "row"; readonly isLossy: boolean } & ParsedJson)
  | { readonly kind: "heading" }
  | { readonly kind: "refused"; readonly problem: JsonProblem | null };

const REPLACEMENT = "\ufffd";
const NONE_BEYOND: readonly string[] = [];

/**
 * The row that a record is. Everything that reads a record, and everything that reads it again, asks here,
 * so that both see the same.
 *
 * A text that is not UTF-8 is read with U+FFFD in place of its octets: a tool such as kcat writes the octets
 * of a record as they are. Such a row says so, and counts only where it turns out to be an exported record.
 */
export function readRow(record: RawRecord, { reading }: HowRead): ReadRow {
  const isLossy = record.text === null;
  const text = record.text ?? record.problem?.lossyText;
  if (text === undefined) {
    return { kind: "refused", problem: null };
  }
  return reading === undefined
    ? readJson(text, isLossy)
    : readLine(text, isLossy, reading, record.isOpen === true);
}

/** {@link readRow} from a record's octets, for what goes back to the file. */
export function readRowOf(bytes: Uint8Array, how: HowRead): ReadRow {
  const text = decodeStrictly(bytes);
  const place = { line: 1, offset: 0, length: bytes.length };
  return text === null
    ? readRow(
        {
          text,
          problem: { code: "FMT-005", excerpt: "", lossyText: decodeLossily(bytes) },
          ...place,
        },
        how,
      )
    : readRow({ text, problem: null, ...place }, how);
}

/** What a person said of the form, and what the file's name may say of the record. */
export function contextOf({ readAs }: HowRead, path: string | undefined): RecordContext {
  return {
    ...(readAs === undefined || !isOneForm(readAs) ? {} : { form: readAs }),
    ...(path === undefined ? {} : { path }),
  };
}

/** A row that was made of text says its form itself. */
function isOneForm(form: ExportForm): boolean {
  return form === "bare-value" || !isTextForm(form);
}

function readJson(text: string, isLossy: boolean): ReadRow {
  const parsed = parseJson(text);
  return parsed.ok
    ? { kind: "row", isLossy, ...parsed.value }
    : { kind: "refused", problem: parsed.error };
}

function readLine(text: string, isLossy: boolean, reading: Reading, isOpen: boolean): ReadRow {
  if (text === reading.heading) {
    return { kind: "heading" };
  }
  const row = readTextRow(text, reading);
  if (row === null) {
    return { kind: "refused", problem: null };
  }
  if (isOpen && isCut(row)) {
    return { kind: "refused", problem: { kind: "cut", offset: text.length, pointer: "/value" } };
  }
  return {
    kind: "row",
    value: isLossy ? withLosses(row) : row,
    isLossy,
    beyondU64: NONE_BEYOND,
  };
}

/** A value that begins as JSON and ends before JSON does: the end of the file is missing. */
function isCut(row: JsonObject): boolean {
  const value = member(row, "value");
  if (typeof value !== "string" || !value.startsWith("{")) {
    return false;
  }
  const parsed = parseJson(value);
  return !parsed.ok && parsed.error.kind === "cut";
}

/** Says which parts hold a replacement. */
function withLosses(row: JsonObject): JsonObject {
  const told = member(row, "lossy");
  const lossy = new Set<JsonValue>(isArray(told) ? told : []);
  for (const part of ["key", "value"] satisfies LossyPart[]) {
    const text = member(row, part);
    if (typeof text === "string" && text.includes(REPLACEMENT)) lossy.add(part);
  }
  const headers = member(row, "headers");
  const isHit = (each: JsonValue): boolean =>
    isArray(each) && each.some((text) => typeof text === "string" && text.includes(REPLACEMENT));
  if (isArray(headers) && headers.some(isHit)) lossy.add("headers");
  return lossy.size === 0 ? row : { ...row, lossy: [...lossy] };
}
