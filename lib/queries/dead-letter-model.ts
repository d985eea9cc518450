import type { Comparison } from "@/lib/verification/dead-letter-checks.ts";

export type { Comparison } from "@/lib/verification/dead-letter-checks.ts";

/** One value of a dead letter's payload; pages show it only when they are asked to. */
export interface PayloadField {
  /** RFC 6901, inside the payload; "" for a payload that is no JSON. */
  readonly pointer: string;
  readonly kind: "text" | "number" | "boolean" | "null" | "empty" | "octets";
  /** As it stands, at most {@link LONGEST_VALUE} UTF-16 units. */
  readonly value: string;
  readonly isCut: boolean;
}
export const LONGEST_VALUE = 10_000;
export const MOST_FIELDS = 500;

/** Everything that a page shows of a dead letter, read from its file when it is opened. */
export interface DeadLetterDetail {
  readonly record: number;
  readonly form: string;
  readonly fidelity: "exact" | "text" | "lossy";
  readonly kind: "denial" | "failure";
  readonly envelope: "package" | "documentation" | "connect";
  /** Where the record stood on its topic, as the export says. */
  readonly at: {
    readonly topic: string;
    readonly partition: string;
    readonly offset: string;
    readonly timestampMs: number | null;
  };
  readonly facts: readonly {
    readonly label: string;
    readonly value: string;
    readonly mono: boolean;
  }[];
  /** Number of the receipt that stands for it; null for a claim. */
  readonly receiptRow: number | null;
  readonly comparisons: readonly Comparison[];
  readonly headers: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly isText: boolean;
  }[];
  readonly payload: {
    /** Octets; null where there is none, or where the export left it out. */
    readonly length: number | null;
    readonly fields: readonly PayloadField[];
    /** Fields beyond {@link MOST_FIELDS}. */
    readonly more: number;
  };
  readonly place: {
    readonly file: string;
    readonly line: number | null;
    readonly byteOffset: number;
    readonly length: number;
  };
}
