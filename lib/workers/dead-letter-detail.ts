import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { toHex } from "@/kernel/encoding.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import { isArray, isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { objectAt } from "@/kernel/receipt/read.ts";
import { readCarried } from "@/lib/ingest/kafka/carried.ts";
import type { DeadLetter } from "@/lib/ingest/kafka/dead-letter.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import { decodeLossily, decodeStrictly } from "@/lib/ingest/raw-records.ts";
import { contextOf, readRowOf } from "@/lib/ingest/read-row.ts";
import type { Member } from "@/lib/ingest/record.ts";
import {
  type DeadLetterDetail,
  LONGEST_VALUE,
  MOST_FIELDS,
  type PayloadField,
} from "@/lib/queries/dead-letter-model.ts";
import { cutText } from "@/lib/verification/cut-text.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";
import {
  AGREEMENTS,
  type Comparison,
  compareDeadLetter,
} from "@/lib/verification/dead-letter-checks.ts";
import type { RelatedDeadLetters } from "@/lib/verification/dead-letters.ts";
import { FileChanged } from "@/lib/verification/read-again.ts";
import { recognise } from "@/lib/verification/recognise.ts";

/** Headers that one answer lists. */
const MOST_HEADERS = 200;
/** Levels of a payload that are opened; what lies deeper is one field. */
const DEEPEST = 32;

/**
 * Everything about one dead letter, from the octets of its file now.
 *
 * @throws RangeError for a number that is none; FileChanged where the file does not hold it any more
 */
export async function deadLetterDetail(
  dataset: Dataset,
  members: ReadonlyMap<number, Member>,
  number: number,
): Promise<DeadLetterDetail> {
  const found = dataset.deadLetters.find(number);
  const member = found === null ? undefined : members.get(found.unit.member);
  if (found === null || member === undefined) {
    throw new RangeError(`no dead letter has the number ${number}`);
  }
  const { unit, at } = found;
  const { columns } = unit;
  const offset = columns.offset[at] ?? 0;
  const length = columns.length[at] ?? 0;
  const bytes = await member.source.read(offset, offset + length);
  const pointer = dataset.rows.pointerOfUnit(unit.rowBase, columns.pointer[at] ?? -1);
  const { record, deadLetter } = readAt(bytes, member, pointer);
  const receipt = deadLetter.value === null ? null : objectAt(deadLetter.value, "receipt");
  const related = dataset.conclusion?.deadLetters;
  const row = related?.row[unit.first + at] ?? -1;
  const lineOf = dataset.members.lineNumbers();
  return {
    record: number,
    form: record.form,
    fidelity: record.fidelity,
    kind: deadLetter.kind,
    envelope: deadLetter.envelope,
    at: {
      topic: record.topic ?? "",
      partition: record.partition === null ? "" : String(record.partition),
      offset: record.offset ?? "",
      timestampMs: record.timestampMs,
    },
    facts: factsOf(deadLetter),
    receiptRow: row === -1 ? null : dataset.rows.numberOf(row),
    comparisons: compareDeadLetter(record, deadLetter, receipt, purePrimitives).map((comparison) =>
      shownComparison(comparison, related, unit.first + at),
    ),
    headers: record.headers.slice(0, MOST_HEADERS).map(([name, value]) => headerOf(name, value)),
    payload: payloadOf(deadLetter.payload),
    place: {
      file: member.path,
      line: lineOf({
        member: unit.member,
        unitStart: unit.start,
        line: columns.line[at] ?? null,
        offset,
        pointer: "",
      }),
      byteOffset: offset,
      length,
    },
  };
}

/** As the list has it: what was found of the receipt that is loaded under its id counts too. */
function shownComparison(
  { name, agreement, said }: Comparison,
  related: RelatedDeadLetters | undefined,
  index: number,
): Comparison {
  const found = name === "verdicts" || name === "payload" ? related?.[name][index] : undefined;
  return {
    name,
    agreement: AGREEMENTS[found ?? -1] ?? agreement,
    said: said.map(({ by, value }) => ({ by, value: clip(value).value })),
  };
}

function readAt(
  bytes: Uint8Array,
  member: Member,
  pointer: string,
): { readonly record: KafkaRecord; readonly deadLetter: DeadLetter } {
  const read = readRowOf(bytes, member);
  const all = read.kind === "row" ? recognise(read.value, contextOf(member, member.path)) : [];
  for (const each of all) {
    if (each.kind === "kafka-record" && each.pointer === pointer) {
      const { deadLetter } = readCarried(each.record);
      if (deadLetter !== null) {
        return { record: each.record, deadLetter };
      }
    }
  }
  throw new FileChanged();
}

function factsOf(deadLetter: DeadLetter): DeadLetterDetail["facts"] {
  const { source } = deadLetter;
  const coordinates =
    source.partition === null || source.offset === null
      ? source.topic
      : `${source.topic}/${source.partition} @ ${source.offset}`;
  const rows = [
    ["Refused by", deadLetter.guard, false],
    ["Reason", deadLetter.reason, false],
    ["Exception", deadLetter.failure, true],
    ["Agent", deadLetter.agent, true],
    ["Scope", deadLetter.scope, true],
    ["Consumer group", deadLetter.group, true],
    ["Denied event", coordinates, true],
    ["Its key", deadLetter.key, true],
    ["Receipt", deadLetter.receiptId, true],
    ["Request", deadLetter.requestId, true],
    ["Verdict", deadLetter.verdict, false],
  ] as const;
  return rows
    .filter(([, value]) => value !== "")
    .map(([label, value, mono]) => ({ label, value: clip(value).value, mono }));
}

function headerOf(name: string, value: Uint8Array | null): DeadLetterDetail["headers"][number] {
  const text = value === null ? null : decodeStrictly(value);
  const shown = value === null ? null : (text ?? toHex(value.subarray(0, LONGEST_VALUE / 2)));
  return {
    name: clip(name).value,
    value: shown === null ? null : clip(shown).value,
    isText: value === null || text !== null,
  };
}

/** The payload's values one by one: JSON by its members, anything else as one. */
function payloadOf(payload: Uint8Array | null): DeadLetterDetail["payload"] {
  if (payload === null) {
    return { length: null, fields: [], more: 0 };
  }
  const text = decodeStrictly(payload);
  const parsed = text === null ? null : parseJson(text);
  const { length } = payload;
  if (parsed?.ok === true) {
    return { length, ...fieldsOf(parsed.value.value) };
  }
  if (length === 0) {
    return { length, fields: [], more: 0 };
  }
  const field: PayloadField =
    text === null
      ? {
          pointer: "",
          kind: "octets",
          value: cutText(decodeLossily(payload.subarray(0, LONGEST_VALUE)), LONGEST_VALUE),
          isCut: length > LONGEST_VALUE,
        }
      : { pointer: "", kind: "text", ...clip(text) };
  return { length, fields: [field], more: 0 };
}

/** A list or an object that is walked, and how far. */
interface Open {
  readonly value: JsonValue;
  /** Of an object; null for a list. */
  readonly names: readonly string[] | null;
  readonly count: number;
  readonly pointer: string;
  next: number;
}

/**
 * In the order of the text. Without recursion, since it is a foreign text's depth, and without a list of what is
 * left to walk, since a text of a few megabytes has millions of values.
 */
function fieldsOf(value: JsonValue): Pick<DeadLetterDetail["payload"], "fields" | "more"> {
  const fields: PayloadField[] = [];
  let more = 0;
  const open: Open[] = [];
  const meet = (each: JsonValue, pointer: string): void => {
    const names = isObject(each) ? Object.keys(each) : null;
    const count = names?.length ?? (isArray(each) ? each.length : 0);
    if (count > 0 && open.length < DEEPEST) {
      open.push({ value: each, names, count, pointer, next: 0 });
    } else if (fields.length < MOST_FIELDS) {
      fields.push({ pointer, ...fieldOf(each) });
    } else {
      more += 1;
    }
  };
  meet(value, "");
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const { names, count, pointer, next } = inner;
    if (next === count) {
      open.pop();
      continue;
    }
    inner.next = next + 1;
    const name = names?.[next] ?? String(next);
    meet(
      memberOf(inner.value, name, next),
      fields.length < MOST_FIELDS ? childPointer(pointer, name) : "",
    );
  }
  return { fields, more };
}

function memberOf(value: JsonValue, name: string, at: number): JsonValue {
  return (isArray(value) ? value[at] : isObject(value) ? member(value, name) : null) ?? null;
}

function fieldOf(value: JsonValue): Omit<PayloadField, "pointer"> {
  switch (typeof value) {
    case "string":
      return { kind: "text", ...clip(value) };
    case "boolean":
      return { kind: "boolean", ...clip(String(value)) };
    case "number":
    case "bigint":
      return { kind: "number", ...clip(String(value)) };
    default:
      return value === null
        ? { kind: "null", ...clip("null") }
        : { kind: "empty", ...clip(isArray(value) ? "[]" : "{}") };
  }
}

function clip(text: string): { readonly value: string; readonly isCut: boolean } {
  return text.length > LONGEST_VALUE
    ? { value: cutText(text, LONGEST_VALUE), isCut: true }
    : { value: text, isCut: false };
}
