import { equalBytes, fromHex, toHex } from "@/kernel/encoding.ts";
import { type JsonObject, member } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { detectForm } from "@/kernel/receipt/detect.ts";
import { receiptFacts } from "@/kernel/receipt/facts.ts";
import { coordinates, countText } from "@/kernel/receipt/kafka-coordinates.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { type DeadLetter, requestedRecord } from "@/lib/ingest/kafka/dead-letter.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import { headerValues, named } from "@/lib/ingest/kafka/record-texts.ts";

export const COMPARISONS = ["ids", "verdicts", "coordinates", "headers", "payload"] as const;
export type ComparisonName = (typeof COMPARISONS)[number];

/** In the order of their numbers in columns. */
export const AGREEMENTS = ["nothing to compare", "agree", "differ"] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** What several places of one record say of one fact. */
export interface Comparison {
  readonly name: ComparisonName;
  readonly agreement: Agreement;
  /** Where it stands and what stands there, in the order of trust: the receipt first where there is one. */
  readonly said: readonly Said[];
}
export interface Said {
  readonly by: "receipt" | "envelope" | "header" | "request" | "payload";
  readonly value: string;
}

/**
 * Whether a dead letter and what it carries tell the same story (streaming reference 5.3). Where octets of the
 * record were lost on the way, a difference proves nothing and is not told as one.
 *
 * @param receipt the receipt inside the dead letter, null where it holds none
 */
export function compareDeadLetter(
  record: KafkaRecord,
  deadLetter: DeadLetter,
  receipt: JsonObject | null,
  primitives: Primitives,
): readonly Comparison[] {
  if (deadLetter.kind === "failure") {
    return [];
  }
  const told = receipt === null ? null : toldBy(receipt);
  const compared = [
    compare("ids", [
      ["receipt", [told?.id ?? ""]],
      ["envelope", [deadLetter.receiptId]],
      ["header", headerValues(record, "x-chio-receipt")],
    ]),
    compare("verdicts", [
      ["receipt", [told?.verdict ?? ""]],
      // Newer packages write `none` where the kernel gave no verdict.
      ["envelope", [deadLetter.verdict].filter(isVerdict)],
      ["header", headerValues(record, "x-chio-verdict").filter(isVerdict)],
    ]),
    coordinatesOf(record, deadLetter, told),
    headersOf(record, deadLetter, told),
    payloadOf(deadLetter, told, primitives),
  ];
  return record.fidelity === "lossy" ? compared.map(withoutLosses) : compared;
}

interface ReceiptTold {
  readonly id: string;
  readonly verdict: string;
  readonly guard: string;
  readonly reason: string;
  readonly record: string | null;
  readonly requestId: string;
  readonly bodyHash: string;
  readonly bodyLength: string | null;
}

function toldBy(receipt: JsonObject): ReceiptTold {
  const facts = receiptFacts(receipt, detectForm(receipt) ?? "v1");
  const action = objectAt(receipt, "action");
  const parameters = action === null ? null : objectAt(action, "parameters");
  const partition = parameters === null ? null : countText(member(parameters, "partition"));
  const offset = parameters === null ? null : countText(member(parameters, "offset"));
  return {
    id: facts.id,
    verdict: facts.decision === "none" ? "" : facts.decision,
    guard: facts.guard ?? "",
    reason: facts.reason ?? "",
    record:
      parameters === null || partition === null || offset === null
        ? null
        : coordinates(text(parameters, "topic"), partition, offset),
    requestId: parameters === null ? "" : text(parameters, "request_id"),
    bodyHash: parameters === null ? "" : text(parameters, "body_hash"),
    bodyLength: parameters === null ? null : countText(member(parameters, "body_length")),
  };
}

type Places = readonly (readonly [by: Said["by"], values: readonly string[]])[];

function compare(name: ComparisonName, places: Places): Comparison {
  const said = places.flatMap(([by, values]) =>
    // Coordinates are joined by U+0000; of other texts the headers' reader leaves none either.
    values.filter((value) => value !== "").map((value) => ({ by, value: plain(name, value) })),
  );
  return { name, agreement: agreementOf(said), said };
}

function isVerdict(text: string): boolean {
  return text !== "none";
}

function plain(name: ComparisonName, value: string): string {
  return name === "coordinates" ? value : named(value);
}

function agreementOf(said: readonly Said[]): Agreement {
  const [first] = said;
  if (first === undefined || said.length < 2) {
    return "nothing to compare";
  }
  return said.every(({ value }) => value === first.value) ? "agree" : "differ";
}

function coordinatesOf(
  record: KafkaRecord,
  { source, requestId }: DeadLetter,
  told: ReceiptTold | null,
): Comparison {
  const { topic, partition, offset } = source;
  const stated =
    partition === null || offset === null ? null : coordinates(topic, partition, offset);
  const requests = [requestId, told?.requestId ?? ""];
  const requested = requests.map((id) => (id === "" ? null : requestedRecord(id)));
  const whole = compare("coordinates", [
    ["receipt", [told?.record ?? ""]],
    ["envelope", [stated ?? ""]],
    ["request", requested.map((found) => found ?? "")],
  ]);
  // The documentation's envelope knows the topic alone.
  const original = headerValues(record, "x-chio-original-topic");
  const judged = (told?.record ?? stated)?.split("\u0000")[0] ?? "";
  const topics = compare("coordinates", [
    ["receipt", [judged]],
    ["envelope", [topic]],
    ["header", original],
  ]);
  const said = (whole.said.length >= 2 ? whole.said : topics.said).map(readable);
  if (whole.agreement === "differ" || topics.agreement === "differ") {
    const differing = whole.agreement === "differ" ? whole : topics;
    return { name: "coordinates", agreement: "differ", said: differing.said.map(readable) };
  }
  const agree = whole.agreement === "agree" || topics.agreement === "agree";
  return { name: "coordinates", agreement: agree ? "agree" : "nothing to compare", said };
}

/** `topic/partition @ offset`, as people write coordinates. */
function readable({ by, value }: Said): Said {
  const [topic = "", partition, offset] = value.split("\u0000");
  return { by, value: partition === undefined ? topic : `${topic}/${partition} @ ${offset}` };
}

/** Guard and reason of the headers are those of the envelope and of the receipt. */
function headersOf(
  record: KafkaRecord,
  { guard, reason }: DeadLetter,
  told: ReceiptTold | null,
): Comparison {
  const guards = compare("headers", [
    ["receipt", [told?.guard ?? ""]],
    ["envelope", [guard]],
    ["header", headerValues(record, "x-chio-deny-guard")],
  ]);
  const reasons = compare("headers", [
    ["receipt", [told?.reason ?? ""]],
    ["envelope", [reason]],
    [
      "header",
      [
        ...headerValues(record, "x-chio-deny-reason"),
        ...headerValues(record, "x-chio-denial-reason"),
      ],
    ],
  ]);
  if (guards.agreement === "differ") {
    return guards;
  }
  if (reasons.agreement === "differ") {
    return reasons;
  }
  const agree = guards.agreement === "agree" || reasons.agreement === "agree";
  return {
    name: "headers",
    agreement: agree ? "agree" : "nothing to compare",
    said: [...guards.said, ...reasons.said],
  };
}

/** Whether the payload is the message that was judged: its SHA-256 and its length, as the receipt signs them. */
function payloadOf(
  { payload }: DeadLetter,
  told: ReceiptTold | null,
  primitives: Primitives,
): Comparison {
  if (payload === null || told === null || told.bodyHash === "") {
    return { name: "payload", agreement: "nothing to compare", said: [] };
  }
  const judged = fromHex(told.bodyHash);
  if (judged?.length !== 32) {
    // Whoever judged it has another way to write hashes: nothing that could differ.
    return { name: "payload", agreement: "nothing to compare", said: [] };
  }
  const hash = primitives.sha256(payload);
  const fits =
    equalBytes(hash, judged) &&
    (told.bodyLength === null || told.bodyLength === String(payload.length));
  const of = (digest: string, length: string | null): string =>
    length === null ? digest : `${digest}, ${length} octets`;
  return {
    name: "payload",
    agreement: fits ? "agree" : "differ",
    said: [
      { by: "receipt", value: of(told.bodyHash, told.bodyLength) },
      { by: "payload", value: of(toHex(hash), String(payload.length)) },
    ],
  };
}

function withoutLosses(comparison: Comparison): Comparison {
  return comparison.agreement === "differ"
    ? { ...comparison, agreement: "nothing to compare" }
    : comparison;
}
