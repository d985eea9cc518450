import type { Primitives } from "@/kernel/primitives.ts";
import { type Random, seededRandom } from "../random.ts";
import type { Caller, Shape, Source, StormCall } from "./call.ts";
import { consumeParameters } from "./letters.ts";
import { PAYMENTS, TEMPLATES, type Template } from "./templates.ts";
import { callerFor, callerOf, RESEARCH, SMALL_MESSAGES } from "./walkthrough-cast.ts";
import { type Entry, TOP } from "./walkthrough-lanes.ts";
import { planDay } from "./walkthrough-plan.ts";

/**
 * The calls of the day in their order. The numbers of `scale` 1 are those of the analyst's walkthrough;
 * a smaller day keeps the proportions, each pattern at least once with all its agents and scopes.
 */
export function* walkthroughCalls(scale: number, primitives: Primitives): Generator<StormCall> {
  const random = seededRandom(20_260_416);
  const entries = planDay(scale, random);
  const maker = new CallMaker(random, primitives);
  for (const entry of entries) {
    yield maker.call(entry);
  }
}

/** Makes calls of entries: their records, parameters and words. */
class CallMaker {
  readonly #random: Random;
  readonly #primitives: Primitives;
  readonly #next = new Map<string, number>();
  readonly #payments: readonly Source[];
  #small = 0;

  constructor(random: Random, primitives: Primitives) {
    this.#random = random;
    this.#primitives = primitives;
    this.#payments = Array.from({ length: TOP.keys }, (_, key) => payment(key));
  }

  call(entry: Entry): StormCall {
    return entry.kind === "top" ? this.#top(entry) : this.#other(entry);
  }

  #top({ ms, server, tool, number }: Entry): StormCall {
    const source = this.#payments[number % TOP.keys] ?? payment(0);
    const isSmall = this.#small < TOP.small && number % 700 === 7;
    this.#small += isSmall ? 1 : 0;
    const by = callerOf(RESEARCH, isSmall ? SMALL_MESSAGES : undefined);
    return {
      ms,
      by,
      server,
      tool,
      source,
      parameters: consumeParameters(by, source, this.#primitives),
      denied: { template: TEMPLATES.topic, reason: TEMPLATES.topic.masked, shape: shapeOf(number) },
    };
  }

  #other({ ms, kind, template: name, agent, server, tool, isClaim }: Entry): StormCall {
    const source = this.#source(agent);
    if (kind === "allowed") {
      const by = callerOf(agent);
      return {
        ms,
        by,
        server,
        tool,
        source,
        parameters: this.#allowed(by, tool, source),
        denied: null,
      };
    }
    const template: Template = TEMPLATES[name];
    const { reason, parameters } = template.refuse(this.#random);
    const shape: Shape = isClaim ? "claim" : shapeOf(this.#random.below(10));
    return {
      ms,
      by: callerFor(agent, name),
      server,
      tool,
      source,
      parameters,
      denied: { template, reason, shape },
    };
  }

  #allowed(by: Caller, tool: string, source: Source): StormCall["parameters"] {
    if (tool.startsWith("events:")) {
      return consumeParameters(by, source, this.#primitives);
    }
    return tool === "http_request"
      ? { method: "GET", url: "https://rates.shop.example/v1/today" }
      : { order_id: `ord-${20_000 + this.#random.below(4000)}` };
  }

  /** The event that made the agent call: the next one of the topic that its service reads. */
  #source(agent: string): Source {
    const topic = agent === "shipping-agent" ? "shipments" : "orders";
    const partition = this.#random.below(6);
    const place = `${topic} ${partition}`;
    const offset = this.#next.get(place) ?? 10_000;
    this.#next.set(place, offset + 1);
    const key = `ord-${20_000 + this.#random.below(4000)}`;
    return { topic, partition, offset, key, value: `{"order_id":"${key}","step":${offset % 9}}` };
  }
}

/** One in five dead letters has the documentation's form. */
function shapeOf(number: number): Shape {
  return number % 5 === 4 ? "documentation" : "envelope";
}

/** The records that the research group wants: as many as there are keys, in three partitions. */
function payment(number: number): Source {
  const partition = PAYMENT_PARTITIONS[number] ?? 0;
  const before = PAYMENT_PARTITIONS.slice(0, number).filter((other) => other === partition).length;
  const key = `pay-${4100 + number}`;
  return {
    topic: PAYMENTS,
    partition,
    offset: (FIRST_OFFSETS[partition] ?? 0) + before,
    key,
    value: `{"amount":"${120 + number}.00","currency":"EUR","payment_id":"${key}"}`,
  };
}
const PAYMENT_PARTITIONS: readonly number[] = [0, 1, 2, 0, 1, 2, 0, 2, 1, 0, 1, 2, 0, 1];
const FIRST_OFFSETS: readonly number[] = [88_120, 87_904, 88_375];
