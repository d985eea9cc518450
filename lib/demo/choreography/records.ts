import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { hashHex } from "@/kernel/texts.ts";
import { losslessLine } from "@/lib/ingest/kafka/write-lossless.ts";
import type { Names } from "./cast.ts";
import type { RecordFacts } from "./order-state.ts";

const PARTITIONS = 6;

/** The shop's broker: who is next in which partition, and how a record reads in an export. */
export class Broker {
  readonly #names: Names;
  readonly #primitives: Primitives;
  readonly #next = new Map<string, number>();

  constructor(names: Names, primitives: Primitives) {
    this.#names = names;
    this.#primitives = primitives;
  }

  /** Where a record of an order lands: the order's partition, at the topic's next offset there. */
  land(topic: string, order: number): { readonly partition: number; readonly offset: number } {
    const partition = order % PARTITIONS;
    const key = `${topic} ${partition}`;
    const offset = this.#next.get(key) ?? 0;
    this.#next.set(key, offset + 1);
    return { partition, offset };
  }

  hash(value: string): string {
    return hashHex(value, this.#primitives);
  }

  /** An event as its topic holds it. */
  eventLine(record: RecordFacts, seconds: number): string {
    return this.#line(record, seconds);
  }

  /** The envelope that confirms a consume (streaming 1.4): the full receipt, as it was signed. */
  receiptLine(
    receipt: { readonly id: string; readonly text: string },
    requestId: string,
    source: RecordFacts,
    order: number,
    seconds: number,
  ): string {
    const value =
      `{"receipt":${receipt.text},"request_id":${quoted(requestId)},"source_offset":${source.offset},` +
      `"source_partition":${source.partition},"source_topic":${quoted(source.topic)},` +
      `"verdict":"allow","version":"chio-streaming/v1"}`;
    const topic = this.#names.receiptTopic;
    const headers = [
      ["X-Chio-Receipt", receipt.id],
      ["X-Chio-Verdict", "allow"],
    ] as const;
    const place = { topic, ...this.land(topic, order), key: requestId, value, headers };
    return this.#line(place, seconds);
  }

  /** The dead letter of a refused call: what was refused, why, and the full receipt that says so. */
  deadLetterLine(
    place: Pick<RecordFacts, "topic" | "partition" | "offset" | "key">,
    denied: {
      readonly id: string;
      readonly text: string;
      readonly requestId: string;
      readonly guard: string;
      readonly reason: string;
    },
    source: RecordFacts,
    seconds: number,
  ): string {
    const { topic, partition, offset } = source;
    const rest = canonicalize({
      receipt_id: denied.id,
      request_id: denied.requestId,
      source: { offset, partition, topic },
      verdict: "deny",
      version: "chio-streaming/dlq/v1",
    });
    const value =
      `{"guard":${quoted(denied.guard)},"original_value":{"utf8":${quoted(source.value)}},` +
      `"reason":${quoted(denied.reason)},"receipt":${denied.text},${rest.slice(1)}`;
    const headers = [
      ["X-Chio-Receipt", denied.id],
      ["X-Chio-Verdict", "deny"],
      ["X-Chio-Deny-Guard", denied.guard],
      ["X-Chio-Deny-Reason", denied.reason],
    ] as const;
    return this.#line({ ...place, value, headers }, seconds);
  }

  /** What a consumer writes after it took an attempt back (streaming 6.2). Nobody signs it. */
  attemptLine(receiptId: string, requestId: string, order: number, seconds: number): string {
    const attempt: JsonObject = {
      attempt: 1,
      error_class: "ToolServerClosed",
      receipt_id: receiptId,
      request_id: requestId,
      state: "rolled_back",
    };
    const topic = this.#names.attemptTopic;
    const value = canonicalize(attempt);
    const place = { topic, ...this.land(topic, order), key: requestId, value, headers: [] };
    return this.#line(place, seconds);
  }

  #line(
    record: Pick<RecordFacts, "topic" | "partition" | "offset" | "key" | "value" | "headers">,
    seconds: number,
  ): string {
    const { utf8 } = this.#primitives;
    return losslessLine({
      topic: record.topic,
      partition: record.partition,
      offset: String(record.offset),
      timestampMs: seconds * 1000,
      timestampType: "create",
      key: utf8(record.key),
      value: utf8(record.value),
      headers: record.headers.map(([name, value]) => [name, utf8(value)] as const),
    });
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
