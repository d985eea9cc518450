import type { Primitives } from "@/kernel/primitives.ts";
import { type Random, seededRandom } from "../random.ts";
import type { Caller, Shape, Source, StormCall } from "./call.ts";
import { consumeParameters } from "./letters.ts";
import { PAYMENTS, TEMPLATES, type Template, type TemplateName } from "./templates.ts";
import {
  at,
  callerFor,
  callerOf,
  DAY,
  EVENTS_SERVER,
  RESEARCH,
  ROUTINE,
  SMALL_MESSAGES,
} from "./walkthrough-cast.ts";

/** Who is denied what by one template, when, and how often. */
interface Lane {
  readonly template: TemplateName;
  readonly denials: number;
  readonly claims: number;
  /** Who asks where, the most frequent first, with weights. Claims fall to the last one. */
  readonly who: readonly (readonly [agent: string, server: string, weight: number])[];
  readonly first: number;
  readonly last: number;
  /** How much falls into each minute of the day, relative to others. */
  readonly weight: (minute: number) => number;
}

const even = (): number => 1;

/** Patterns 2 to 11 of the day, as many of each as the design shows. */
const LANES: readonly Lane[] = [
  {
    template: "egress",
    denials: 6412,
    claims: 148,
    who: [
      ["shipping-agent", "web", 40],
      ["pricing-agent", "web", 20],
      ["returns-agent", "labels", 12],
      ["support-agent", "crm", 10],
      ["catalog-agent", "web", 8],
      ["quote-agent", "web", 7],
      ["partner-agent", "crm", 3],
    ],
    first: at(0, 0, 4),
    last: at(23, 59, 51),
    weight: (minute) => 20 + 45 * Math.sin((Math.PI * minute) / 1440),
  },
  {
    template: "velocity",
    denials: 4120,
    claims: 0,
    who: [
      ["notify-agent", "notifications", 70],
      ["support-agent", "notifications", 30],
    ],
    first: at(0, 3, 2),
    last: at(23, 58, 57),
    weight: (minute) => (minute % 60 < 10 ? 10 : 1),
  },
  {
    template: "path",
    denials: 2318,
    claims: 0,
    who: [
      ["inventory-agent", "files", 60],
      ["catalog-agent", "archive", 25],
      ["returns-agent", "archive", 15],
    ],
    first: at(0, 11, 40),
    last: at(23, 52, 9),
    weight: even,
  },
  {
    template: "budget",
    denials: 1806,
    claims: 0,
    who: [["payment-service", "payments", 1]],
    first: at(16, 40, 12),
    last: at(23, 59, 33),
    weight: even,
  },
  {
    template: "tool",
    denials: 1024,
    claims: 0,
    who: [
      ["inventory-agent", "contracts", 60],
      ["legal-agent", "legal", 20],
      ["audit-agent", "contracts", 20],
    ],
    first: at(0, 20, 30),
    last: at(23, 41, 18),
    weight: even,
  },
  {
    template: "token",
    denials: 642,
    claims: 64,
    who: [
      ["order-service", "orders", 50],
      ["billing-agent", "orders-eu", 15],
      ["saga-agent", "orders-apac", 10],
      ["crm-agent", "orders", 10],
      ["refund-agent", "orders-us", 15],
    ],
    first: at(6, 0, 5),
    last: at(8, 14, 48),
    weight: (minute) => Math.max(1, 500 - minute),
  },
  {
    template: "secret",
    denials: 391,
    claims: 0,
    who: [
      ["notify-agent", "files", 70],
      ["audit-agent", "files", 30],
    ],
    first: at(1, 7, 15),
    last: at(22, 30, 44),
    weight: even,
  },
  {
    template: "private",
    denials: 262,
    claims: 0,
    who: [
      ["shipping-agent", "web", 70],
      ["pricing-agent", "web", 30],
    ],
    first: at(2, 13, 20),
    last: at(20, 2, 37),
    weight: even,
  },
  {
    template: "patch",
    denials: 187,
    claims: 0,
    who: [["build-agent", "repo", 1]],
    first: at(9, 30, 21),
    last: at(17, 55, 3),
    weight: even,
  },
  {
    template: "shell",
    denials: 44,
    claims: 0,
    who: [["build-agent", "build", 1]],
    first: at(10, 2, 11),
    last: at(16, 48, 26),
    weight: even,
  },
];

/** A moment that is written down, not drawn. */
interface Fixed {
  readonly second: number;
  readonly template: TemplateName;
  readonly agent: string;
  readonly server: string;
}

/** The two widenings. Each of them is part of the count of its template's lane. */
const FIXED: readonly Fixed[] = [
  { second: at(2, 11, 20), template: "tool", agent: RESEARCH, server: "contracts" },
  { second: at(2, 11, 26), template: "tool", agent: RESEARCH, server: "contracts" },
  { second: at(2, 11, 52), template: "private", agent: RESEARCH, server: "web" },
  { second: at(2, 12, 4), template: "private", agent: RESEARCH, server: "web" },
  { second: at(7, 10), template: "token", agent: "order-service", server: "orders-eu" },
  { second: at(7, 11), template: "token", agent: "order-service", server: "orders-us" },
  { second: at(7, 12), template: "token", agent: "order-service", server: "orders-apac" },
];

/** Denied by a guard, and granted to the same agent a little later with other words. */
const PROBED: readonly {
  readonly second: number;
  readonly agent: string;
  readonly server: string;
}[] = [
  { second: at(11, 4, 10), agent: "quote-agent", server: "web" },
  { second: at(14, 31, 2), agent: "partner-agent", server: "crm" },
  { second: at(19, 47, 40), agent: "quote-agent", server: "web" },
];

export const TOP = {
  template: "topic",
  denials: 31_004,
  keys: 14,
  gapMs: 500,
  first: at(2, 9, 14),
  /** Asked under the right to small messages; every seventh key of the first of them. */
  small: 16,
} as const;

/** The bars of ten minutes that the storm falls into, and how many denials of other patterns each holds. */
const BESIDE_TOP: readonly (readonly [second: number, others: number])[] = [
  [at(2, 0), 160],
  [at(2, 10), 58],
  [at(2, 20), 53],
];
const BAR = 600;
const ALLOWS = 48_202;

/** One entry of the day's plan; calls are made of it when their turn comes. */
interface Entry {
  readonly ms: number;
  readonly kind: "top" | "denied" | "allowed";
  readonly template: TemplateName;
  readonly agent: string;
  readonly server: string;
  readonly tool: string;
  readonly isClaim: boolean;
  /** Of the top pattern, the number of the try. */
  readonly number: number;
}

/**
 * The calls of the day in their order. The numbers of `scale` 1 are those of the analyst's walkthrough;
 * a smaller day keeps the proportions, each pattern at least once with all its agents and scopes.
 */
export function* walkthroughCalls(scale: number, primitives: Primitives): Generator<StormCall> {
  const random = seededRandom(20_260_416);
  const entries = plan(scale, random);
  const maker = new CallMaker(random, primitives);
  for (const entry of entries) {
    yield maker.call(entry);
  }
}

function plan(scale: number, random: Random): readonly Entry[] {
  const scaled = (count: number, least: number): number =>
    Math.max(least, Math.round(count * scale));
  const entries: Entry[] = [];
  const top = scaled(TOP.denials, TOP.keys);
  for (let number = 0; number < top; number += 1) {
    entries.push({
      ms: TOP.first * 1000 + Math.floor(number / TOP.keys) * TOP.gapMs,
      kind: "top",
      template: TOP.template,
      agent: RESEARCH,
      server: EVENTS_SERVER,
      tool: TEMPLATES.topic.tool,
      isClaim: false,
      number,
    });
  }
  for (const fixed of FIXED) {
    entries.push(deniedEntry(fixed.second * 1000 + 200, fixed.template, fixed.agent, fixed.server));
  }
  for (const { second, agent, server } of PROBED) {
    entries.push({
      ...deniedEntry(second * 1000 + 700, "egress", agent, server),
      kind: "allowed",
    });
  }
  const drawn = LANES.map((lane) => laneEntries(lane, scaled, random));
  if (scale === 1) {
    moveToBars(drawn, random);
  }
  for (const lane of drawn) {
    for (const entry of lane) {
      entries.push(entry);
    }
  }
  const allows = scaled(ALLOWS, 1) - PROBED.length;
  for (let number = 0; number < allows; number += 1) {
    entries.push(allowedEntry(random));
  }
  // Equal moments keep the order in which they were planned.
  return entries.sort((a, b) => a.ms - b.ms);
}

function deniedEntry(ms: number, template: TemplateName, agent: string, server: string): Entry {
  const { tool } = TEMPLATES[template];
  return { ms, kind: "denied", template, agent, server, tool, isClaim: false, number: 0 };
}

function allowedEntry(random: Random): Entry {
  const [server, tool] = ROUTINE[random.below(ROUTINE.length)] ?? [EVENTS_SERVER, ""];
  const agent = ROUTINE_AGENTS[random.below(ROUTINE_AGENTS.length)] ?? RESEARCH;
  const ms = DAY * 1000 + random.below(86_400_000);
  return {
    ms,
    kind: "allowed",
    template: "topic",
    agent,
    server,
    tool,
    isClaim: false,
    number: 0,
  };
}
const ROUTINE_AGENTS: readonly string[] = [
  RESEARCH,
  "shipping-agent",
  "notify-agent",
  "inventory-agent",
  "order-service",
  "payment-service",
];

/** The lane's denials: at its first and last moment, everybody once, the rest drawn. */
function laneEntries(
  lane: Lane,
  scaled: (count: number, least: number) => number,
  random: Random,
): Entry[] {
  const fixed = FIXED.filter(({ template }) => template === lane.template).length;
  const claims = lane.claims === 0 ? 0 : scaled(lane.claims, 1);
  const least = lane.who.length + 2 + (lane.claims === 0 ? 0 : 2) + fixed;
  const drawn = scaled(lane.denials, least) - fixed;
  const minutes = new Weights(Math.floor((lane.first - DAY) / 60), lane);
  const people = lane.who.flatMap(([agent, server, weight]) =>
    Array.from({ length: weight }, () => [agent, server] as const),
  );
  const everybody = lane.who.map(([agent, server]) => [agent, server] as const);
  const [leader] = everybody;
  const claimant = everybody.at(-1);
  const entries: Entry[] = [];
  for (let number = 0; number < drawn; number += 1) {
    const isClaim = number >= drawn - claims;
    const [agent, server] = (isClaim
      ? claimant
      : number < 2
        ? leader
        : (everybody[number - 2] ?? people[random.below(people.length)])) ?? ["", ""];
    const ms =
      number === 0
        ? lane.first * 1000
        : number === 1
          ? lane.last * 1000
          : minutes.draw(random, isClaim);
    entries.push({ ...deniedEntry(ms, lane.template, agent, server), isClaim });
  }
  return entries;
}

/** Draws moments between a lane's first and last one. */
class Weights {
  readonly #sums: number[] = [];
  readonly #start: number;
  readonly #lane: Lane;

  constructor(start: number, lane: Lane) {
    this.#start = start;
    this.#lane = lane;
    const end = Math.floor((lane.last - DAY) / 60);
    let sum = 0;
    for (let minute = start; minute <= end; minute += 1) {
      sum += lane.weight(minute);
      this.#sums.push(sum);
    }
  }

  draw(random: Random, isClaim: boolean): number {
    const { first, last } = this.#lane;
    for (;;) {
      const drawn = (random.below(1_000_000) / 1_000_000) * (this.#sums.at(-1) ?? 0);
      const minute = this.#start + this.#sums.findIndex((sum) => drawn < sum);
      const ms = (DAY + minute * 60) * 1000 + random.below(60_000);
      // The first and last word of a pattern is a receipt's, and nobody is drawn into the storm's bars twice.
      if (ms > first * 1000 && ms < last * 1000 && !(isClaim && inTopBars(ms))) {
        return ms;
      }
    }
  }
}

function inTopBars(ms: number): boolean {
  return barOf(ms) !== null;
}

function barOf(ms: number): number | null {
  const found = BESIDE_TOP.findIndex(
    ([second]) => second * 1000 <= ms && ms < (second + BAR) * 1000,
  );
  return found === -1 ? null : found;
}

/** Moves denials of the egress lane until the storm's bars hold what they are to hold beside it. */
function moveToBars(lanes: readonly Entry[][], random: Random): void {
  const egress = lanes[0] ?? [];
  const fixed = FIXED.map(({ second }) => second * 1000);
  BESIDE_TOP.forEach(([second, others], bar) => {
    const isHere = (ms: number): boolean => barOf(ms) === bar;
    const held = lanes.reduce(
      (sum, lane) => sum + lane.filter(({ ms }) => isHere(ms)).length,
      fixed.filter(isHere).length,
    );
    let missing = others - held;
    for (let index = 10; index < egress.length && missing !== 0; index += 1) {
      const entry = egress[index];
      if (entry === undefined || entry.isClaim) {
        continue;
      }
      const free = barOf(entry.ms) === null;
      if (missing > 0 && free) {
        egress[index] = { ...entry, ms: second * 1000 + random.below(BAR * 1000) };
        missing -= 1;
      } else if (missing < 0 && isHere(entry.ms)) {
        egress[index] = { ...entry, ms: at(12, 0) * 1000 + random.below(3_600_000) };
        missing += 1;
      }
    }
  });
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
