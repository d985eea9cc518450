import type { Random } from "../random.ts";
import type { OrderPlan } from "./model.ts";
import type { Step } from "./story.ts";

/** A Kafka record that a step produced or took. */
export interface RecordFacts {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
  /** Of the value's octets, hexadecimal. */
  readonly valueHash: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** One order on its way: what is planned, and what its steps have become so far. */
export interface OrderState {
  readonly order: number;
  readonly id: string;
  readonly key: string;
  readonly cents: number;
  readonly sku: string;
  /** Unix seconds. */
  readonly start: number;
  readonly plan: OrderPlan;
  readonly steps: readonly Step[];
  /** The same in the order in which they happen. */
  readonly timeline: readonly Step[];
  readonly random: Random;
  /** By step number, once it happened: receipt id, request id, and the record that it produced or took. */
  readonly ids: string[];
  readonly requests: string[];
  readonly records: (RecordFacts | undefined)[];
  /** Whether the root brought the step about. */
  readonly reached: boolean[];
  next: number;
}

/** An order that has just been placed. */
export function openOrder(
  order: number,
  start: number,
  plan: OrderPlan,
  steps: readonly Step[],
  random: Random,
): OrderState {
  const timeline = [...steps].sort((a, b) => a.at - b.at || a.number - b.number);
  const id = `ord-${31_000 + order}`;
  return {
    order,
    id,
    key: id,
    cents: 900 + random.below(48_000),
    sku: `sku-${random.hex(4)}`,
    start,
    plan,
    steps,
    timeline,
    random,
    ids: [],
    requests: [],
    records: [],
    reached: [],
    next: 0,
  };
}

/** The second in which the order's next step happens; infinite after the last. */
export function nextTime(state: OrderState): number {
  const step = state.timeline[state.next];
  return step === undefined ? Number.POSITIVE_INFINITY : state.start + step.at;
}
