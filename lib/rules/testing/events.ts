import fc from "fast-check";
import {
  type DecisionEvents,
  EVENT_FIELDS,
  EVIDENCE,
  type EventField,
  type Evidence,
} from "@/lib/denials/model.ts";

/** One decision as a test writes it down. */
export interface TestEvent {
  readonly at: number;
  readonly denied?: boolean;
  readonly evidence?: Evidence;
  readonly values?: Partial<Record<EventField, string>>;
}

/** Columns of decisions in the order given; receipts are numbered from 100, claims from 1000. */
export function eventsOf(list: readonly TestEvent[]): DecisionEvents {
  const texts = [""];
  const codes = new Map([["", 0]]);
  const codeOf = (text: string): number => {
    const known = codes.get(text) ?? texts.length;
    if (known === texts.length) {
      texts.push(text);
      codes.set(text, known);
    }
    return known;
  };
  const column = (field: EventField): Int32Array =>
    Int32Array.from(list, ({ values }) => codeOf(values?.[field] ?? ""));
  const columns = new Map(EVENT_FIELDS.map((field) => [field, column(field)]));
  const of = (field: EventField): Int32Array => columns.get(field) ?? new Int32Array(list.length);
  const isClaim = ({ evidence }: TestEvent): boolean => evidence === "claim";
  return {
    count: list.length,
    second: Float64Array.from(list, ({ at }) => at),
    isDenied: Uint8Array.from(list, ({ denied }) => (denied === false ? 0 : 1)),
    evidence: Uint8Array.from(list, ({ evidence }) => EVIDENCE.indexOf(evidence ?? "verified")),
    row: Int32Array.from(list, (event, index) => (isClaim(event) ? -1 : 100 + index)),
    record: Int32Array.from(list, (event, index) => (isClaim(event) ? 1000 + index : -1)),
    fields: {
      agent: of("agent"),
      service: of("service"),
      tool: of("tool"),
      scope: of("scope"),
      topic: of("topic"),
      guard: of("guard"),
      reason: of("reason"),
      capability: of("capability"),
      policy: of("policy"),
      key: of("key"),
      group: of("group"),
    },
    texts,
  };
}

/** Decisions by time, many at the same second, the last of them without a time. */
export const testEvents: fc.Arbitrary<readonly TestEvent[]> = fc
  .tuple(
    fc.array(
      fc.record({
        step: fc.constantFrom(0, 0, 1, 2, 7, 30),
        denied: fc.constantFrom(true, true, true, false),
        evidence: fc.constantFrom(...EVIDENCE, "verified" as const, "verified" as const),
        values: fc.record({
          agent: fc.constantFrom("", "a", "b"),
          scope: fc.constantFrom("", "s", "t", "u", "v"),
          guard: fc.constantFrom("g", "h"),
        }),
      }),
      { maxLength: 60 },
    ),
    fc.nat(3),
  )
  .map(([list, timeless]) => {
    let at = 0;
    return list.map(({ step, ...event }, index) => {
      at += step;
      return { ...event, at: index < list.length - timeless ? at : Number.NaN };
    });
  });
