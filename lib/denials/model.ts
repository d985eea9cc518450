/**
 * What a denial is worth as evidence, best first. A claim is a dead letter whose receipt is neither inside it
 * nor loaded, or was never signed: anybody who may write to the topic can make one.
 */
export const EVIDENCE = [
  "verified",
  "self-consistent",
  "not-checked",
  "does-not-verify",
  "claim",
] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Facts of a decision that patterns, rules and charts group by; each is a text, empty where there is none. */
export const EVENT_FIELDS = [
  "agent",
  "service",
  "tool",
  /** What would have had to be granted: the events scope, or `server/tool` for a call. */
  "scope",
  "topic",
  "guard",
  /** The reason with its particulars masked (mask.ts). */
  "reason",
  "capability",
  "policy",
  /** Key of the Kafka record that was judged. */
  "key",
  "group",
] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

/**
 * Every decision that is loaded, as columns, by time; equal times keep the order of their files. One entry for
 * each receipt, however many copies there are, and one for each claim. Fields are indexes into {@link texts},
 * whose first is empty. Decisions without a time come last and take part in no window.
 */
export interface DecisionEvents {
  readonly count: number;
  /** Unix seconds, self-asserted by the receipt; of a claim, as its record says. NaN for none. */
  readonly second: Float64Array;
  /** 1 for a denial. Only `deny` is one: cancelled and incomplete calls were not refused. */
  readonly isDenied: Uint8Array;
  /** Index into {@link EVIDENCE}. */
  readonly evidence: Uint8Array;
  /** Number of the receipt in the database; -1 for a claim. */
  readonly row: Int32Array;
  /** Number of the dead letter in the database; -1 for what was read as a receipt alone. */
  readonly record: Int32Array;
  readonly fields: Readonly<Record<EventField, Int32Array>>;
  readonly texts: readonly string[];
}
