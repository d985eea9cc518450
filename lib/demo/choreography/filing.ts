import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import type { OrderState, RecordFacts } from "./order-state.ts";
import type { Broker } from "./records.ts";
import type { Step } from "./story.ts";
import type { Tally } from "./tally.ts";

/** Lines of Kafka records, once the receipt's text with its signature is known. */
export type RecordsOf = (text: string) => readonly string[];

export interface Happened {
  readonly step: Step;
  readonly state: OrderState;
  /** Unix. */
  readonly seconds: number;
  readonly id: string;
  readonly verdict: "allow" | "deny" | "incomplete";
  readonly body: JsonObject;
}

interface Refusal {
  readonly id: string;
  readonly requestId: string;
  readonly guard: string;
  readonly reason: string;
  text: string;
}

/** Writes what consumers and producers leave on topics, and counts it. */
export class Filing {
  readonly #broker: Broker;
  readonly #tally: Tally;
  readonly #withRecords: boolean;
  readonly #refusals = new Map<string, Refusal>();

  constructor(broker: Broker, tally: Tally, withRecords: boolean) {
    this.#broker = broker;
    this.#tally = tally;
    this.#withRecords = withRecords;
  }

  /** The records that go with a step which has happened. */
  of({ step, state, seconds, id, verdict, body }: Happened): RecordsOf {
    if (!this.#withRecords) {
      return () => NOTHING;
    }
    const record = state.records[step.number];
    const requestId = state.requests[step.number] ?? "";
    if (verdict === "deny") {
      const decision = body["decision"];
      const said = isObject(decision) ? decision : {};
      const guard = String(said["guard"]);
      const reason = String(said["reason"]);
      const refusal: Refusal = { id, requestId, guard, reason, text: "" };
      this.#refusals.set(id, refusal);
      return (text) => {
        refusal.text = text;
        return [];
      };
    }
    const { act } = step;
    if (act.kind === "tool" && step.attempt === "failed") {
      return this.#rolledBack(step, state, seconds);
    }
    if (record === undefined) {
      return () => NOTHING;
    }
    if (act.kind === "produce") {
      return act.letterOf === null
        ? this.#written(() => [this.#broker.eventLine(record, seconds)])
        : this.#letter(act.letterOf, record, state, seconds);
    }
    const came = act.kind === "consume" && act.from === null ? [record] : [];
    const kept = step.attempt === "kept";
    if (kept) {
      this.#tally.count("confirmed");
    }
    return this.#written((text) => [
      ...came.map((one) => this.#broker.eventLine(one, seconds)),
      ...(kept
        ? [this.#broker.receiptLine({ id, text }, requestId, record, state.order, seconds)]
        : []),
    ]);
  }

  #letter(denied: number, place: RecordFacts, state: OrderState, seconds: number): RecordsOf {
    const id = state.ids[denied] ?? "";
    const refusal = this.#refusals.get(id);
    const deniedStep = state.steps[denied];
    const consumed = deniedStep === undefined ? null : consumeBefore(deniedStep, state);
    const source = consumed === null ? undefined : state.records[consumed];
    this.#refusals.delete(id);
    if (refusal === undefined || source === undefined) {
      throw new RangeError("a dead letter follows a refusal of something that was consumed");
    }
    return this.#written(() => [this.#broker.deadLetterLine(place, refusal, source, seconds)]);
  }

  /** The call failed, so its consume's attempt is taken back. */
  #rolledBack(step: Step, state: OrderState, seconds: number): RecordsOf {
    const consumed = consumeBefore(step, state);
    const id = consumed === null ? "" : (state.ids[consumed] ?? "");
    const requestId = consumed === null ? "" : (state.requests[consumed] ?? "");
    this.#tally.rolledBack(id);
    return state.plan.attemptRecorded
      ? this.#written(() => [this.#broker.attemptLine(id, requestId, state.order, seconds)])
      : () => NOTHING;
  }

  #written(lines: RecordsOf): RecordsOf {
    return (text) => {
      const made = lines(text);
      for (const _ of made) {
        this.#tally.count("records");
      }
      return made;
    };
  }
}

const NOTHING: readonly string[] = [];

/** The consume that a step belongs to: itself, or the nearest before it along its causes. */
function consumeBefore(step: Step, state: OrderState): number | null {
  let at: Step | undefined = step;
  while (at !== undefined && at.act.kind !== "consume") {
    at = "step" in at.cause ? state.steps[at.cause.step] : undefined;
  }
  return at?.number ?? null;
}
