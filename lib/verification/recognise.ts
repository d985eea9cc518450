import { type JsonProblem, parseJson } from "@/kernel/json/parse.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import {
  isArray,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  member,
} from "@/kernel/json/value.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { isEnvelope } from "@/lib/ingest/kafka/carried.ts";
import { innerText, readKafkaRecord, recordForm } from "@/lib/ingest/kafka/forms.ts";
import { kindOf } from "./kind-of.ts";
import { isRecognisable } from "./recognisable.ts";
import type { OtherKind } from "./unit-result.ts";

/** A record found in a row, and where in it: `/receipt` for the usual wrapper, "" for the row itself. */
export interface Recognised {
  readonly kind: OtherKind | "receipt" | "inclusion-proof" | "kafka-record" | "unreadable-receipt";
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
  /** Of a Kafka record: pointers of integers beyond 64 bits in the text of its value. */
  readonly beyondU64?: readonly string[];
}

/** Why a text inside a row may not be read, and at which pointer of the row. */
export interface TextProblem {
  readonly kind: JsonProblem["kind"] | "not-utf-8";
  readonly pointer: string;
}

/** Envelopes are searched this deep: `{cases: [{receipt}]}`. */
const ENVELOPE_DEPTH = 3;
const ENVELOPE_RECORDS = 100_000;

/**
 * Recognises a row by its members, never by the name of its file and never by `schema` alone: a changed
 * schema text must not turn a signed record into an unknown row.
 */
export function recognise(value: JsonValue): readonly Recognised[] {
  if (!isObject(value)) {
    return [];
  }
  const form = recordForm(value);
  if (form !== null) {
    return recogniseRecord(value, childPointer("", form.valueMember));
  }
  const found: Recognised[] = [];
  search(value, "", null, ENVELOPE_DEPTH, found);
  return found;
}

/** What is taken from a topic: anybody may write to one, so what carries no signature says nothing there. */
const SIGNED: ReadonlySet<Recognised["kind"]> = new Set<Recognised["kind"]>([
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
function recogniseRecord(row: JsonObject, valueAt: string): readonly Recognised[] {
  const met: Recognised[] = [];
  search(row, "", null, ENVELOPE_DEPTH, met);
  const beyondU64 = searchText(row, met);
  const isInside = ({ pointer }: Recognised): boolean =>
    pointer === valueAt || pointer.startsWith(`${valueAt}/`);
  const found = met.filter((each) => !isInside(each) || isEvidence(each));
  return readKafkaRecord(row) === null
    ? found
    : [{ kind: "kafka-record", value: row, pointer: "", wrapper: null, beyondU64 }, ...found];
}

/** An envelope that lost its receipt, and a text that may not be read, are told; other values are not ours. */
function isEvidence({ kind, wrapper, problem }: Recognised): boolean {
  return (
    SIGNED.has(kind) ||
    (kind === "unreadable-receipt" &&
      (problem !== undefined || (wrapper !== null && isEnvelope(wrapper))))
  );
}

const NONE_BEYOND: readonly string[] = [];

/** Searches the text of a record's value, once: texts inside it are what was judged, not evidence. */
function searchText(row: JsonObject, found: Recognised[]): readonly string[] {
  const before = found.length;
  const inner = innerText(row);
  if (inner === null) {
    return NONE_BEYOND;
  }
  const { pointer } = inner;
  const parsed = inner.isExact ? parseJson(inner.text) : null;
  if (parsed?.ok !== true) {
    if (isRecognisable(inner.text)) {
      const problem: TextProblem = {
        kind: parsed?.error.kind ?? "not-utf-8",
        pointer: `${pointer}${parsed?.error.pointer ?? ""}`,
      };
      found.push({ kind: "unreadable-receipt", value: row, pointer, wrapper: null, problem });
    }
    return NONE_BEYOND;
  }
  const { value, beyondU64 } = parsed.value;
  if (isObject(value)) {
    search(value, pointer, null, ENVELOPE_DEPTH, found);
  } else if (isArray(value)) {
    searchElements(value, pointer, ENVELOPE_DEPTH, found);
  }
  return found.length === before || beyondU64.length === 0
    ? NONE_BEYOND
    : beyondU64.map((each) => `${pointer}${each}`);
}

function search(
  value: JsonObject,
  pointer: string,
  wrapper: JsonObject | null,
  depth: number,
  found: Recognised[],
): void {
  if (isReceiptWrapper(value)) {
    const inner = member(value, "receipt");
    const receipt = isObject(inner) && detectForm(inner) !== null;
    if (detectForm(value) !== null) {
      // A receipt dressed up as a wrapper: one reader would take it, another what it wraps. Both are read.
      found.push({ kind: "receipt", value, pointer, wrapper });
      if (!receipt) {
        return;
      }
    }
    found.push({
      kind: receipt ? "receipt" : "unreadable-receipt",
      value: isObject(inner) ? inner : value,
      pointer: childPointer(pointer, "receipt"),
      wrapper: value,
    });
    return;
  }
  const kind = kindOf(value, pointer);
  if (kind !== null) {
    found.push({ kind, value, pointer, wrapper });
    return;
  }
  if (depth === 0) {
    return;
  }
  for (const name of Object.keys(value)) {
    const inner = member(value, name);
    const at = childPointer(pointer, name);
    if (isObject(inner)) {
      search(inner, at, value, depth - 1, found);
    } else if (isArray(inner)) {
      searchElements(inner, at, depth, found);
    }
  }
}

function searchElements(list: JsonArray, at: string, depth: number, found: Recognised[]): void {
  for (let index = 0; index < list.length && found.length < ENVELOPE_RECORDS; index += 1) {
    const element = list[index];
    if (isObject(element)) {
      search(element, childPointer(at, String(index)), null, depth - 1, found);
    }
  }
}

/** `{seq, receipt}` of an export, a row of a store's claim log with its receipt, or an envelope of a topic. */
function isReceiptWrapper(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, "receipt") &&
    (Object.hasOwn(value, "seq") || Object.hasOwn(value, "entry_seq") || isEnvelope(value))
  );
}
