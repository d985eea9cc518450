import type { Random } from "../random.ts";
import type { Agent, Topic } from "./cast.ts";
import type { DenialKind } from "./model.ts";

export type EvidenceClass = "asserted" | "observed" | "verified";

/** How a receipt says what brought it about. */
export type Cause =
  | { readonly kind: "none" }
  /** A step of the same order, in the receipt's call chain. */
  | { readonly kind: "step"; readonly step: number; readonly evidence: EvidenceClass }
  /** The receipt says nothing; the record that it consumed carries the producer's receipt. */
  | { readonly kind: "record-only"; readonly step: number }
  /** A receipt that another log holds. */
  | { readonly kind: "elsewhere" };

/** One governed call of an order, as it is planned. `number` is its place among the order's steps. */
export interface Step {
  readonly number: number;
  /** Seconds since the order was placed; never less than those of a step that caused it. */
  readonly at: number;
  readonly by: Agent;
  readonly act:
    | { readonly kind: "consume"; readonly topic: Topic; readonly from: number | null }
    | { readonly kind: "produce"; readonly topic: Topic; readonly letterOf: number | null }
    | { readonly kind: "tool"; readonly tool: string; readonly position: number };
  readonly cause: Cause;
  /** Further causes, which signed lineage statements name. */
  readonly joins: readonly number[];
  /** Why the kernel will refuse it; null where it will not. */
  readonly denial: DenialKind | null;
  /** `kept`, or an attempt that failed: the step itself, or the consume that it belonged to. */
  readonly attempt: "kept" | "failed" | "rolled-back";
  /** The step whose request id it repeats, as the next attempt at it. */
  readonly again: number | null;
}

interface Extra {
  readonly denial?: DenialKind | null;
  readonly attempt?: Step["attempt"];
  readonly again?: number;
  readonly joins?: readonly number[];
  readonly wait?: number;
  readonly position?: number;
}

/** Writes down the steps of one order, each after its causes. */
export class Story {
  readonly steps: Step[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The event that begins everything. */
  begin(by: Agent, topic: Topic): number {
    return this.#add(by, { kind: "produce", topic, letterOf: null }, { kind: "none" }, 0, {});
  }

  tool(by: Agent, tool: string, cause: number, extra: Extra = {}): number {
    const act = { kind: "tool", tool, position: extra.position ?? 0 } as const;
    return this.#add(by, act, this.#because(cause), 3, extra);
  }

  produce(by: Agent, topic: Topic, cause: number, extra: Extra = {}): number {
    return this.#add(
      by,
      { kind: "produce", topic, letterOf: null },
      this.#because(cause),
      2,
      extra,
    );
  }

  /** Takes the event that the step `from` produced. One in eight says so by the record's header alone. */
  consume(by: Agent, topic: Topic, from: number, extra: Extra = {}): number {
    const cause: Cause = this.#random.once(8)
      ? { kind: "record-only", step: from }
      : this.#because(from);
    return this.#add(by, { kind: "consume", topic, from }, cause, 4, extra);
  }

  /** Takes an event that somebody produced whose receipt another log holds. */
  consumeFromElsewhere(by: Agent, topic: Topic, after: number): number {
    const wait = (this.steps[after]?.at ?? 0) + 1;
    return this.#add(by, { kind: "consume", topic, from: null }, { kind: "elsewhere" }, 4, {
      wait,
    });
  }

  /** The dead letter of a refused step. */
  deadLetter(by: Agent, denied: number): void {
    const act = { kind: "produce", topic: "dead-letter", letterOf: denied } as const;
    this.#add(by, act, this.#because(denied), 2, {});
  }

  #because(step: number): Cause {
    const draw = this.#random.below(10);
    const evidence = draw < 7 ? "asserted" : draw < 9 ? "observed" : "verified";
    return { kind: "step", step, evidence };
  }

  #add(by: Agent, act: Step["act"], cause: Cause, haste: number, extra: Extra): number {
    const number = this.steps.length;
    const causes = "step" in cause ? [cause.step] : [];
    const joins = extra.joins ?? [];
    let at = extra.wait ?? 0;
    for (const one of [...causes, ...joins]) {
      at = Math.max(at, this.steps[one]?.at ?? 0);
    }
    this.steps.push({
      number,
      at: at + (number === 0 ? 0 : this.#random.below(haste)),
      by,
      act,
      cause,
      joins,
      denial: extra.denial ?? null,
      attempt: extra.attempt ?? "kept",
      again: extra.again ?? null,
    });
    return number;
  }
}
