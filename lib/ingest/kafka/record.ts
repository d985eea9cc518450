import type { ExportForm } from "./export-form.ts";

/** A header as it was on the record; names may come again, and the order is kept. */
export type KafkaHeader = readonly [name: string, value: Uint8Array | null];

/** One record of a topic, whatever tool exported it. */
export interface KafkaRecord {
  readonly topic: string | null;
  readonly partition: number | null;
  /** 0 to 2^63-1 in digits: a double would round it. */
  readonly offset: string | null;
  /** Unix milliseconds. */
  readonly timestampMs: number | null;
  readonly timestampType: "create" | "log-append" | null;
  readonly key: Uint8Array | null;
  /** Null for a tombstone. */
  readonly value: Uint8Array | null;
  readonly headers: readonly KafkaHeader[];
  readonly form: ExportForm;
  /**
   * How well the octets above are those of the topic. `exact`: the export holds octets. `text`: it holds
   * text, and UTF-8 is assumed. `lossy`: octets were replaced or the value was rewritten on the way.
   */
  readonly fidelity: "exact" | "text" | "lossy";
}

/** Why a row that looks like an exported record cannot be read as one. */
export interface RecordProblem {
  readonly pointer: string;
  /** What should stand there, in words. */
  readonly expected: string;
}
