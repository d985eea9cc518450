import { parseJson } from "@/kernel/json/parse.ts";
import { isArray, isObject, type JsonObject, type JsonValue } from "@/kernel/json/value.ts";
import { isEnvelope } from "@/lib/ingest/kafka/carried.ts";
import type { RecordContext, RecordForm, RowValue } from "@/lib/ingest/kafka/form.ts";
import { type Exported, type ExportedRow, isWithin } from "@/lib/ingest/kafka/forms.ts";
import { coordinatesOfPath } from "@/lib/ingest/path-coordinates.ts";
import { doubtOf } from "./doubt.ts";
import { isRecognisable } from "./recognisable.ts";
import type { Found, TextProblem } from "./recognise.ts";
import {
  ENVELOPE_DEPTH,
  ENVELOPE_RECORDS,
  search,
  searchElements,
  searchMembers,
  tellLimit,
} from "./search-members.ts";

/** Exported Kafka records, what their values hold, and what stands beside them. */
export function recogniseExport(value: JsonValue, exported: Exported): readonly Found[] {
  const found: Found[] = [];
  let rows = 0;
  for (const row of exported.rows) {
    rows += 1;
    if (rows > ENVELOPE_RECORDS) {
      tellLimit(row.pointer, found);
      break;
    }
    addRecord(row, found);
  }
  if (exported.holder !== undefined && isObject(value)) {
    searchAround(value, exported.holder, found);
  }
  return found.length === 0 ? NO_ROWS : found;
}

const NO_ROWS: readonly Found[] = [{ kind: "framing", pointer: "" }];

/** A signed record dressed up as a container of records is still read as what it is. */
function searchAround(value: JsonObject, holder: string | null, found: Found[]): void {
  const before = found.length;
  search(value, "", null, 0, found);
  if (found.length > before) {
    return;
  }
  searchMembers(value, "", holder, ENVELOPE_DEPTH, found);
}

/** What is taken from a topic: anybody may write to one, so what carries no signature says nothing there. */
const SIGNED: ReadonlySet<Found["kind"]> = new Set<Found["kind"]>([
  "receipt",
  "checkpoint",
  "anchor-proof",
  "capability",
  "tool-manifest",
  "statement",
]);

/**
 * An exported Kafka record, and what its value holds. The members around the value are searched like any
 * row's: a signed record dressed up as an export is still read as what it is.
 */
function addRecord({ row, pointer, form, context }: ExportedRow, found: Found[]): void {
  const value = rowValue(form, row, context);
  const met: Found[] = [];
  searchRow(row, pointer, met);
  const beyondU64 = value === null ? NONE_BEYOND : searchText(value, pointer, met);
  const read = form.read(row, context);
  if (read.ok) {
    found.push({ kind: "kafka-record", value: row, pointer, form, record: read.value, beyondU64 });
  } else {
    const { pointer: at, expected } = read.error;
    found.push({ kind: "refused", code: "FMT-013", pointer: `${pointer}${at}`, expected });
  }
  const valueAt = value === null ? null : `${pointer}${value.pointer}`;
  const againAt = value?.again === undefined ? null : `${pointer}${value.again}`;
  for (const each of met) {
    if (againAt !== null && isWithin(each.pointer, againAt)) {
      continue;
    }
    if (valueAt === null || value === null || !isWithin(each.pointer, valueAt)) {
      found.push(each);
    } else if (isEvidence(each) && value.state !== "lost") {
      found.push(withDoubt(each, value));
    }
  }
}

/** A sink that names its files by coordinates parsed each value and wrote it anew. */
function rowValue(form: RecordForm, row: JsonValue, { path = "" }: RecordContext): RowValue | null {
  const value = form.valueAt(row);
  const isOfSink = form.name === "bare-value" && coordinatesOfPath(path) !== null;
  return value?.state === "kept" && isOfSink ? { ...value, state: "rewritten" } : value;
}

function searchRow(row: JsonValue, pointer: string, met: Found[]): void {
  if (isObject(row)) {
    search(row, pointer, null, ENVELOPE_DEPTH, met);
  } else if (isArray(row)) {
    searchElements(row, pointer, ENVELOPE_DEPTH, met);
  }
}

/** An envelope that lost its receipt, and a text that may not be read, are told; other values are not ours. */
function isEvidence(found: Found): boolean {
  return (
    SIGNED.has(found.kind) ||
    found.kind === "refused" ||
    (found.kind === "unreadable-receipt" &&
      (found.problem !== undefined || (found.wrapper !== null && isEnvelope(found.wrapper))))
  );
}

function withDoubt(found: Found, { state }: RowValue): Found {
  if (found.kind !== "receipt") {
    return found;
  }
  const doubt = doubtOf(found.value, state);
  return doubt === null ? found : { ...found, doubt };
}

const NONE_BEYOND: readonly string[] = [];

/** Searches the text of a record's value, once: texts inside it are what was judged, not evidence. */
function searchText(value: RowValue, rowAt: string, found: Found[]): readonly string[] {
  const before = found.length;
  if (value.text === null || value.state === "lost") {
    return NONE_BEYOND;
  }
  const { text, isExact } = value.text;
  const pointer = `${rowAt}${value.pointer}`;
  const parsed = isExact ? parseJson(text) : null;
  if (parsed?.ok !== true) {
    if (isRecognisable(text)) {
      const problem: TextProblem = {
        kind: parsed?.error.kind ?? "not-utf-8",
        pointer: `${pointer}${parsed?.error.pointer ?? ""}`,
      };
      found.push({ kind: "unreadable-receipt", value: {}, pointer, wrapper: null, problem });
    }
    return NONE_BEYOND;
  }
  const { value: inner, beyondU64 } = parsed.value;
  if (isObject(inner)) {
    search(inner, pointer, null, ENVELOPE_DEPTH, found);
  } else if (isArray(inner)) {
    searchElements(inner, pointer, ENVELOPE_DEPTH, found);
  }
  return found.length === before || beyondU64.length === 0
    ? NONE_BEYOND
    : beyondU64.map((each) => `${pointer}${each}`);
}
