import { toHex } from "@/kernel/encoding.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { hashText } from "@/kernel/texts.ts";
import { maskReason } from "@/lib/denials/mask.ts";
import type { DeadLetter } from "@/lib/ingest/kafka/dead-letter.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import {
  AGREEMENTS,
  type Agreement,
  type Comparison,
  type ComparisonName,
} from "./dead-letter-checks.ts";
import { scopeOf } from "./decision-facts.ts";
import { Interner } from "./interner.ts";
import { doubled } from "./receipt-sink.ts";

export const DEAD_LETTER_KINDS = ["denial", "failure"] as const;

/**
 * What the engine relates of a unit's dead letters, a column for each fact, in file order. Dead letter `i` of
 * the unit has the number `rowBase + i`. Texts are indexes into {@link DeadLetterColumns.texts}.
 */
export interface DeadLetterColumns {
  readonly count: number;
  /** 1-based within the unit; octets within the member. */
  readonly line: Uint32Array;
  readonly offset: Float64Array;
  readonly length: Uint32Array;
  /** Where the record stands inside its row. */
  readonly pointer: Uint32Array;
  /** Index into {@link DEAD_LETTER_KINDS}. */
  readonly kind: Uint8Array;
  /** The unit's receipt that stands inside it; -1 for none. */
  readonly receipt: Int32Array;
  /** 32 octets each: SHA-256 of the receipt id that it names; zero for none. */
  readonly names: Uint8Array;
  /** 32 octets each: equal for copies of one record in two exports. */
  readonly sameness: Uint8Array;
  /** 32 octets each: SHA-256 of the payload, where its receipt is elsewhere; zero for none. */
  readonly payload: Uint8Array;
  /** Unix seconds; NaN for none. */
  readonly second: Float64Array;
  /** Index into {@link AGREEMENTS}. */
  readonly verdicts: Uint8Array;
  readonly agrees: Uint8Array;
  readonly isLossy: Uint8Array;
  readonly texts: readonly string[];
  readonly agent: Uint32Array;
  readonly tool: Uint32Array;
  readonly scope: Uint32Array;
  readonly guard: Uint32Array;
  readonly reason: Uint32Array;
  readonly topic: Uint32Array;
  readonly key: Uint32Array;
  readonly group: Uint32Array;
  readonly id: Uint32Array;
}

/** What the database shows of a dead letter; one entry each. */
export interface DeadLetterRow {
  readonly line: number;
  readonly record: KafkaRecord;
  readonly deadLetter: DeadLetter;
  readonly reasonPattern: string;
  readonly key: string;
  readonly tool: string;
  readonly scope: string;
  readonly agreements: Readonly<Record<ComparisonName, Agreement>>;
}

const NOTHING: Readonly<Record<ComparisonName, Agreement>> = {
  ids: "nothing to compare",
  verdicts: "nothing to compare",
  coordinates: "nothing to compare",
  headers: "nothing to compare",
  payload: "nothing to compare",
};

/** Gathers the dead letters of one unit. */
export class DeadLetterSink {
  readonly rows: DeadLetterRow[] = [];
  readonly #primitives: Primitives;
  readonly #texts = new Interner();
  readonly #receipt: number[] = [];
  readonly #numbers = {
    line: [] as number[],
    offset: [] as number[],
    length: [] as number[],
    pointer: [] as number[],
    verdicts: [] as number[],
    payload: [] as number[],
    second: [] as number[],
  };
  readonly #coded = {
    agent: [] as number[],
    tool: [] as number[],
    scope: [] as number[],
    guard: [] as number[],
    reason: [] as number[],
    topic: [] as number[],
    key: [] as number[],
    group: [] as number[],
    id: [] as number[],
  };
  #hashes = {
    names: new Uint8Array(1024),
    sameness: new Uint8Array(1024),
    payload: new Uint8Array(1024),
  };

  constructor(primitives: Primitives) {
    this.#primitives = primitives;
    this.#texts.number("");
  }

  get count(): number {
    return this.rows.length;
  }

  /** @param pointer where the record stands inside its row, by its number in the unit */
  add(
    place: { readonly line: number; readonly offset: number; readonly length: number },
    pointer: number,
    record: KafkaRecord,
    deadLetter: DeadLetter,
    comparisons: readonly Comparison[],
  ): number {
    const index = this.rows.length;
    const agreements = { ...NOTHING };
    for (const { name, agreement } of comparisons) {
      agreements[name] = agreement;
    }
    const asked = askedFor(deadLetter);
    const reasonPattern = maskReason(deadLetter.reason);
    const { key } = deadLetter;
    this.rows.push({
      line: place.line,
      record,
      deadLetter,
      reasonPattern,
      key,
      ...asked,
      agreements,
    });
    this.#receipt.push(-1);
    const numbers = this.#numbers;
    numbers.line.push(place.line);
    numbers.offset.push(place.offset);
    numbers.length.push(place.length);
    numbers.pointer.push(pointer);
    numbers.verdicts.push(AGREEMENTS.indexOf(agreements.verdicts));
    numbers.payload.push(AGREEMENTS.indexOf(agreements.payload));
    numbers.second.push(deadLetter.second ?? Number.NaN);
    const coded = this.#coded;
    const number = (text: string): number => this.#texts.number(text);
    coded.agent.push(number(deadLetter.agent));
    coded.tool.push(number(asked.tool));
    coded.scope.push(number(asked.scope));
    coded.guard.push(number(deadLetter.guard));
    coded.reason.push(number(reasonPattern));
    coded.topic.push(number(deadLetter.source.topic));
    coded.key.push(number(key));
    coded.group.push(number(deadLetter.group));
    coded.id.push(number(deadLetter.receiptId));
    this.#hash(index, record, deadLetter);
    return index;
  }

  /** Tells that a receipt of the unit stands inside a dead letter; the first one stands for it. */
  holds(index: number, receipt: number): void {
    if (this.#receipt[index] === -1) {
      this.#receipt[index] = receipt;
    }
  }

  #hash(index: number, record: KafkaRecord, deadLetter: DeadLetter): void {
    const at = index * 32;
    if (at + 32 > this.#hashes.names.length) {
      const { names, sameness, payload } = this.#hashes;
      this.#hashes = {
        names: doubled(names),
        sameness: doubled(sameness),
        payload: doubled(payload),
      };
    }
    const { receiptId, payload } = deadLetter;
    if (receiptId !== "") {
      this.#hashes.names.set(hashText(receiptId, this.#primitives), at);
    }
    this.#hashes.sameness.set(
      hashText(samenessOf(record, deadLetter, this.#primitives), this.#primitives),
      at,
    );
    if (payload !== null && deadLetter.kind === "denial") {
      this.#hashes.payload.set(this.#primitives.sha256(payload), at);
    }
  }

  columns(): DeadLetterColumns {
    const { rows } = this;
    const count = rows.length;
    const numbers = this.#numbers;
    const coded = this.#coded;
    return {
      count,
      line: Uint32Array.from(numbers.line),
      offset: Float64Array.from(numbers.offset),
      length: Uint32Array.from(numbers.length),
      pointer: Uint32Array.from(numbers.pointer),
      kind: Uint8Array.from(rows, ({ deadLetter }) => DEAD_LETTER_KINDS.indexOf(deadLetter.kind)),
      receipt: Int32Array.from(this.#receipt),
      names: this.#hashes.names.slice(0, count * 32),
      sameness: this.#hashes.sameness.slice(0, count * 32),
      payload: this.#hashes.payload.slice(0, count * 32),
      second: Float64Array.from(numbers.second),
      verdicts: Uint8Array.from(numbers.verdicts),
      agrees: Uint8Array.from(numbers.payload),
      isLossy: Uint8Array.from(rows, ({ record }) => (record.fidelity === "lossy" ? 1 : 0)),
      texts: this.#texts.values,
      agent: Uint32Array.from(coded.agent),
      tool: Uint32Array.from(coded.tool),
      scope: Uint32Array.from(coded.scope),
      guard: Uint32Array.from(coded.guard),
      reason: Uint32Array.from(coded.reason),
      topic: Uint32Array.from(coded.topic),
      key: Uint32Array.from(coded.key),
      group: Uint32Array.from(coded.group),
      id: Uint32Array.from(coded.id),
    };
  }
}

/**
 * What a denied event asked for, as its receipt would say it: the scope that was requested, else the scope
 * under which the reference consumer asks for the topic.
 */
function askedFor({ scope, source, kind }: DeadLetter): {
  readonly tool: string;
  readonly scope: string;
} {
  if (scope !== "") {
    const slash = scope.startsWith("events:") ? -1 : scope.indexOf("/");
    return { tool: slash === -1 ? scope : scope.slice(slash + 1), scope };
  }
  if (kind === "failure" || source.topic === "") {
    return { tool: "", scope: "" };
  }
  const tool = `events:consume:${source.topic}`;
  return { tool, scope: scopeOf("", tool) };
}

/**
 * Equal for copies of one record: its coordinates where they are known, together with the receipt that it names
 * (two clusters have equal coordinates), else that receipt and the value. A record that names no receipt is told
 * from its like by all that is known of it: connectors fail on the same event again and again.
 */
function samenessOf(
  { topic, partition, offset, value, key, timestampMs }: KafkaRecord,
  { receiptId, source }: DeadLetter,
  { sha256 }: Primitives,
): string {
  if (topic !== null && partition !== null && offset !== null) {
    return JSON.stringify([topic, partition, offset, receiptId]);
  }
  const digest = (octets: Uint8Array | null): string | null =>
    octets === null ? null : toHex(sha256(octets));
  return receiptId === ""
    ? JSON.stringify([digest(value), digest(key), topic, partition, offset, timestampMs, source])
    : JSON.stringify([receiptId, digest(value)]);
}
