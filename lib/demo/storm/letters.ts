import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { hashHex } from "@/kernel/texts.ts";
import {
  type Caller,
  isEvent,
  requestOf,
  type Source,
  type StormCall,
  scopeOf,
  secondOf,
} from "./call.ts";
import type { StormRecord } from "./model.ts";

export const DEAD_LETTERS = "chio-denied-events";
/** Partitions of the dead letter topic. */
export const PARTITIONS = 6;

/** What a consumer tells the kernel of the record that it wants to take (streaming 1.2). */
export function consumeParameters(by: Caller, source: Source, primitives: Primitives): JsonObject {
  return {
    request_id: requestOf(by, source),
    topic: source.topic,
    partition: source.partition,
    offset: source.offset,
    key: source.key,
    headers: {},
    body_length: primitives.utf8(source.value).length,
    body_hash: hashHex(source.value, primitives),
  };
}

/** A refused call whose receipt is known: its id, and its text as it was signed; for a claim an id of nobody. */
export interface Receipted {
  readonly id: string;
  readonly text: string;
}

/** Writes the dead letters of a storm, and knows who is next in which partition. */
export class LetterBox {
  readonly #primitives: Primitives;
  readonly #next: number[];

  constructor(primitives: Primitives, firstOffset = 0) {
    this.#primitives = primitives;
    this.#next = Array.from({ length: PARTITIONS }, () => firstOffset);
  }

  /** The dead letter of a denied call (streaming 1.4; the documentation's form). */
  letter(call: StormCall, receipt: Receipted): StormRecord {
    const { denied, source } = call;
    if (denied === null) {
      throw new RangeError("an allowed call has no dead letter");
    }
    const { reason, shape, template } = denied;
    return shape === "envelope"
      ? this.#record(call, this.#envelope(call, template.guard, reason, receipt), [
          ["X-Chio-Receipt", receipt.id],
          ["X-Chio-Verdict", "deny"],
          ["X-Chio-Deny-Guard", template.guard],
          ["X-Chio-Deny-Reason", reason],
        ])
      : this.#record(call, this.#documented(call, template.guard, reason, receipt.id), [
          ["X-Chio-Receipt", receipt.id],
          ["X-Chio-Denial-Reason", reason],
          ["X-Chio-Original-Topic", source.topic],
        ]);
  }

  /** A record whose consumer could not read it: Connect's headers, and the value as it came. */
  failure(ms: number, source: Source): StormRecord {
    return this.#place(ms, source.key, this.#primitives.utf8(source.value), [
      ["__connect.errors.topic", source.topic],
      ["__connect.errors.partition", String(source.partition)],
      ["__connect.errors.offset", String(source.offset)],
      ["__connect.errors.stage", "VALUE_CONVERTER"],
      ["__connect.errors.exception.class.name", "org.apache.kafka.connect.errors.DataException"],
      ["__connect.errors.exception.message", "Converting byte[] to Kafka Connect data failed"],
    ]);
  }

  tombstone(ms: number, key: string): StormRecord {
    return this.#place(ms, key, null, []);
  }

  #envelope(call: StormCall, guard: string, reason: string, receipt: Receipted): string {
    const { topic, partition, offset, value } = call.source;
    return (
      `{"guard":${quoted(guard)},"original_value":{"utf8":${quoted(value)}},"reason":${quoted(reason)},` +
      `"receipt":${receipt.text},"receipt_id":"${receipt.id}","request_id":${quoted(requestOf(call.by, call.source))},` +
      `"source":{"offset":${offset},"partition":${partition},"topic":${quoted(topic)}},` +
      `"verdict":"deny","version":"chio-streaming/dlq/v1"}`
    );
  }

  #documented(call: StormCall, guard: string, reason: string, id: string): string {
    const { source, by } = call;
    return JSON.stringify({
      original_topic: source.topic,
      original_partition: source.partition,
      original_offset: source.offset,
      original_key: source.key,
      original_value: source.value,
      original_timestamp: call.ms,
      chio_denial: {
        receipt_id: id,
        reason,
        scope_requested: scopeOf(call),
        identity: by.agent,
        guards_evaluated: isEvent(call.tool) ? [guard] : ["forbidden-path", guard],
        timestamp: secondOf(call.ms),
      },
    });
  }

  #record(
    { ms, source }: StormCall,
    value: string,
    headers: readonly (readonly [string, string])[],
  ): StormRecord {
    return this.#place(ms, source.key, this.#primitives.utf8(value), headers);
  }

  #place(
    ms: number,
    key: string,
    value: Uint8Array | null,
    headers: readonly (readonly [string, string])[],
  ): StormRecord {
    const { utf8 } = this.#primitives;
    const partition = partitionOf(key);
    const offset = this.#next[partition] ?? 0;
    this.#next[partition] = offset + 1;
    return {
      topic: DEAD_LETTERS,
      partition,
      offset: String(offset),
      timestampMs: ms,
      timestampType: "create",
      key: utf8(key),
      value,
      headers: headers.map(([name, text]) => [name, utf8(text)] as const),
    };
  }
}

/** FNV-1a of the key: a key stays in its partition. */
function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash % PARTITIONS;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
