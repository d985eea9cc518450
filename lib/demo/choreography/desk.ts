import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { DemoKey } from "../keys.ts";
import { demoKernelA } from "../log.ts";
import type { DemoPorts } from "../ports.ts";
import { type Names, namesOf } from "./cast.ts";
import { Court } from "./court.ts";
import { Filing, type RecordsOf } from "./filing.ts";
import type { ChoreographyOptions, ChoreographyTruth } from "./model.ts";
import type { OrderState, RecordFacts } from "./order-state.ts";
import { consumeParameters, customerOf, produceParameters, toolParameters } from "./parameters.ts";
import { Broker } from "./records.ts";
import { draftV1, type SealedDraft } from "./seal.ts";
import type { Lineage } from "./statement.ts";
import { type CauseLink, stepReceipt } from "./step-receipt.ts";
import type { Step } from "./story.ts";
import { Tally } from "./tally.ts";

/** A receipt that waits for its signature. */
export interface Drafted {
  readonly seq: number;
  readonly timestamp: number;
  readonly draft: SealedDraft;
  /** What a change after signing replaces, and by what; null where nobody changes it. */
  readonly edited: { readonly from: string; readonly to: string } | null;
  readonly lineage: readonly Lineage[];
  /** Kafka records that go with it, once its text is known. */
  readonly records: RecordsOf;
}

/** Does what the orders' steps say, one after the other: asks the kernel, writes records, counts. */
export class Desk {
  readonly key: DemoKey = demoKernelA();
  readonly tally = new Tally();
  readonly #names: Names;
  readonly #court: Court;
  readonly #broker: Broker;
  readonly #filing: Filing;
  readonly #ports: DemoPorts;
  readonly #withRecords: boolean;
  #seq = 0;

  constructor(options: ChoreographyOptions, ports: DemoPorts) {
    const { primitives } = ports;
    this.#names = namesOf(options.permute === true ? options.seed : null);
    this.#court = new Court(this.#names, options.decisions ?? "each", primitives);
    this.#broker = new Broker(this.#names, primitives);
    this.#ports = ports;
    this.#withRecords = options.records ?? true;
    this.#filing = new Filing(this.#broker, this.tally, this.#withRecords);
  }

  truth(orders: number): ChoreographyTruth {
    return this.tally.truth(orders);
  }

  /** The order's next step happens. */
  happen(state: OrderState): Drafted {
    const step = state.timeline[state.next];
    if (step === undefined) {
      throw new RangeError(`order ${state.id} is over`);
    }
    state.next += 1;
    this.#seq += 1;
    const timestamp = state.start + step.at;
    const requestId = this.#requestOf(step, state);
    const record = this.#recordOf(step, state);
    const cause = this.#causeOf(step, state);
    const { body, verdict } = stepReceipt(
      {
        step,
        state,
        requestId,
        parameters: this.#parametersOf(step, state, requestId, record),
        cause,
        timestamp,
      },
      this.#court,
      this.#names,
      this.#ports.primitives,
    );
    const draft = draftV1(body, this.key.key, this.#ports.primitives);
    const { id } = draft;
    state.ids[step.number] = id;
    state.requests[step.number] = requestId;
    state.records[step.number] = this.#withHeaders(record, step, state, id);
    state.reached[step.number] =
      step.number === 0 || causesOf(step).some((one) => state.reached[one] === true);
    this.tally.receipt(step, state, id, verdict);
    const edit = step.act.kind === "tool" && step.act.tool === "send_email" && state.plan.edited;
    if (edit) {
      this.tally.edited(id);
    }
    return {
      seq: this.#seq,
      timestamp,
      draft,
      edited: edit ? { from: customerOf(state), to: "somebody@example.net" } : null,
      lineage: this.#joinsOf(step, state, timestamp),
      records: this.#filing.of({ step, state, seconds: timestamp, id, verdict, body }),
    };
  }

  #requestOf(step: Step, state: OrderState): string {
    if (step.again !== null) {
      return state.requests[step.again] ?? "";
    }
    const { act } = step;
    const source =
      act.kind === "consume" && act.from !== null ? state.records[act.from] : undefined;
    return source === undefined
      ? `req-${state.id}-${step.number}`
      : `chio:shop:${this.#names.cast[step.by].agent}:${source.topic}:${source.partition}:${source.offset}`;
  }

  /** The record that a step takes, or the one that it is about to write. */
  #recordOf(step: Step, state: OrderState): RecordFacts | null {
    const { act } = step;
    if (act.kind === "tool") {
      return null;
    }
    if (act.kind === "consume" && act.from !== null) {
      return state.records[act.from] ?? null;
    }
    const topic = this.#names.topic(act.topic);
    const value = canonicalize({ event: topic, order_id: state.id, step: step.number });
    const headers =
      act.kind === "consume" ? [["X-Chio-Receipt", this.#elsewhere(state)] as const] : [];
    return {
      topic,
      ...this.#broker.land(topic, state.order),
      key: state.key,
      value,
      valueHash: this.#broker.hash(value),
      headers,
    };
  }

  /** A produced record names the receipt of its produce, its scope, and the receipt that brought it about. */
  #withHeaders(
    record: RecordFacts | null,
    step: Step,
    state: OrderState,
    id: string,
  ): RecordFacts | undefined {
    if (record === null) {
      return undefined;
    }
    if (step.act.kind !== "produce") {
      return record;
    }
    const parent = "step" in step.cause ? state.ids[step.cause.step] : undefined;
    return {
      ...record,
      headers: [
        ["X-Chio-Receipt", id],
        ["X-Chio-Scope", `events:produce:${record.topic}`],
        ...(parent === undefined ? [] : [["X-Chio-Parent-Receipt", parent] as const]),
      ],
    };
  }

  #parametersOf(
    step: Step,
    state: OrderState,
    requestId: string,
    record: RecordFacts | null,
  ): JsonObject {
    const { act } = step;
    if (act.kind === "tool") {
      return toolParameters(act.tool, step, state);
    }
    if (record === null) {
      throw new RangeError("a consume takes a record, and a produce writes one");
    }
    if (act.kind === "consume") {
      return consumeParameters(requestId, record);
    }
    // A dead letter holds a signed receipt, so that its octets are not known before the signature is.
    return act.letterOf === null
      ? produceParameters(requestId, record)
      : {
          key: record.key,
          receipt_id: state.ids[act.letterOf] ?? "",
          request_id: requestId,
          topic: record.topic,
        };
  }

  /** What the receipt names as its cause; counts every link that the files will tell of. */
  #causeOf(step: Step, state: OrderState): CauseLink | null {
    const { act, cause } = step;
    const isEvent = act.kind === "consume" || (act.kind === "produce" && act.letterOf === null);
    const shown = this.#withRecords && isEvent;
    switch (cause.kind) {
      case "none":
        return null;
      case "elsewhere": {
        const receiptId = this.#elsewhere(state);
        this.tally.missing(receiptId);
        this.tally.link(shown ? ["call-chain", "record-header"] : ["call-chain"], "asserted");
        return { receiptId, requestId: `req-elsewhere-${state.order}`, evidence: "asserted" };
      }
      case "record-only":
        if (shown) {
          this.tally.link(["record-header"], "observed");
          return null;
        }
        this.tally.link(["call-chain"], "asserted");
        return this.#link(cause.step, state, "asserted");
      case "step":
        this.tally.link(shown ? ["call-chain", "record-header"] : ["call-chain"], cause.evidence);
        return this.#link(cause.step, state, cause.evidence);
    }
  }

  #link(step: number, state: OrderState, evidence: CauseLink["evidence"]): CauseLink {
    return { receiptId: state.ids[step] ?? "", requestId: state.requests[step] ?? "", evidence };
  }

  #joinsOf(step: Step, state: OrderState, issuedAt: number): readonly Lineage[] {
    return step.joins.map((join) => {
      this.tally.link(["lineage"], "verified");
      this.tally.count("statements");
      return {
        parent: state.ids[join] ?? "",
        parentRequest: state.requests[join] ?? "",
        child: state.ids[step.number] ?? "",
        childRequest: state.requests[step.number] ?? "",
        issuedAt,
      };
    });
  }

  /** The id of a receipt that only another log holds. */
  #elsewhere(state: OrderState): string {
    return this.#broker.hash(`another kernel's receipt of the return of ${state.id}`);
  }
}

function causesOf(step: Step): readonly number[] {
  return "step" in step.cause ? [step.cause.step, ...step.joins] : step.joins;
}
