import type { Primitives } from "@/kernel/primitives.ts";
import { EVIDENCE, ndjson } from "@/lib/evidence/folder.ts";
import type { DemoPorts } from "../ports.ts";
import { type Random, seededRandom } from "../random.ts";
import { type Source, type StormCall, secondOf } from "./call.ts";
import { authority, StormCourt } from "./court.ts";
import { LetterBox } from "./letters.ts";
import type { StormRecord, StormTruth } from "./model.ts";
import { ChunkSealer, storming } from "./scribe.ts";
import {
  BurstCounts,
  planStorm,
  StormCalls,
  type StormOptions,
  type StormPlan,
  stormCapabilities,
  widenings,
} from "./storm-plan.ts";
import { StormTally } from "./tally.ts";
import { LOG_FOLDER, stormKernel, TOKENS } from "./walkthrough.ts";
import { DAY } from "./walkthrough-cast.ts";

/** What a day of a storm consists of, in the order of time. */
export type StormEvent =
  | { readonly kind: "call"; readonly call: StormCall }
  | { readonly kind: "failure"; readonly ms: number; readonly source: Source }
  | { readonly kind: "tombstone"; readonly ms: number; readonly key: string };

/**
 * A seeded day of denials whose truth is known: bursts, agents that widen, probes, quiet refusals and noise.
 * Calls come one second at a time; nothing of them is kept.
 */
export class Storm {
  readonly plan: StormPlan;
  readonly #options: StormOptions;
  readonly #tally: StormTally;
  readonly #bursts: BurstCounts;
  readonly #primitives: Primitives;

  constructor(options: StormOptions, primitives: Primitives) {
    const isClaim = options.mode === "claims";
    this.plan = planStorm(options);
    this.#options = options;
    this.#primitives = primitives;
    this.#tally = new StormTally(isClaim);
    this.#bursts = new BurstCounts(this.plan, isClaim);
  }

  /** The truth about what was emitted so far. */
  truth(): StormTruth {
    return this.#tally.truth(this.#options.seed, {
      bursts: this.#bursts.truth(),
      widenings: widenings(this.plan),
    });
  }

  *events(): Generator<StormEvent> {
    const { rows } = this.#options;
    let left = rows;
    for (const event of this.#day()) {
      switch (event.kind) {
        case "call":
          this.#tally.count(event.call);
          left -= event.call.denied === null ? 0 : 1;
          break;
        case "failure":
          this.#tally.failures += 1;
          left -= 1;
          break;
        case "tombstone":
          this.#tally.tombstones += 1;
          left -= 1;
      }
      yield event;
    }
    // What is left of the rows was never a denial.
    for (; left > 0; left -= 1) {
      this.#tally.failures += 1;
      yield failure((DAY + 86_399) * 1000 + 999, left);
    }
  }

  *#day(): Generator<StormEvent> {
    const random = seededRandom(this.#options.seed ^ 0x0da7);
    const make = new StormCalls(this.#options, this.#primitives);
    const quiet = new QuietAgents(this.plan, random);
    const noise = Math.max(1, Math.floor(86_400 / (this.#options.rows * 0.01)));
    for (let second = 0; second < 86_400; second += 1) {
      const moments: [ms: number, make: () => StormEvent][] = [];
      this.#addBursts(second, make, moments);
      this.#addSingles(second, make, moments);
      quiet.add(second, make, this.#options.mode === "signed", moments);
      if (second % noise === 0) {
        const ms = (DAY + second) * 1000 + random.below(1000);
        moments.push([
          ms,
          () =>
            second % 3 === 0
              ? { kind: "tombstone", ms, key: `key-${second % 40}` }
              : failure(ms, second),
        ]);
      }
      // Equal moments keep the order in which they were planned.
      moments.sort(([a], [b]) => a - b);
      for (const [, event] of moments) {
        yield event();
      }
    }
  }

  #addBursts(second: number, make: StormCalls, moments: [number, () => StormEvent][]): void {
    for (const [number, burst] of this.plan.bursts.entries()) {
      const { ms: start, gapMs, keys, tries, target } = burst;
      const agent = this.plan.agents[burst.agent] ?? "";
      // Rounds whose moment lies in this second.
      const first = Math.max(0, Math.ceil((second * 1000 - start) / gapMs));
      for (let round = first; round * keys < tries; round += 1) {
        const ms = start + round * gapMs;
        if (ms >= (second + 1) * 1000) {
          break;
        }
        for (let key = 0; key < keys && round * keys + key < tries; key += 1) {
          const at = DAY * 1000 + ms;
          moments.push([
            at,
            () => {
              this.#bursts.made(number, secondOf(at));
              return { kind: "call", call: make.denied(at, agent, target, number * 100 + key) };
            },
          ]);
        }
      }
    }
  }

  #addSingles(second: number, make: StormCalls, moments: [number, () => StormEvent][]): void {
    for (const { ms, agent: who, target, allowed } of this.plan.singles) {
      if (Math.floor(ms / 1000) === second) {
        const at = DAY * 1000 + ms;
        const agent = this.plan.agents[who] ?? "";
        moments.push([
          at,
          () => ({
            kind: "call",
            call: allowed
              ? make.allowed(at, agent, target)
              : make.denied(at, agent, target, null, true),
          }),
        ]);
      }
    }
  }
}

/** Agents on a quiet day: each is refused something every minute or so, and now and then granted something else. */
class QuietAgents {
  readonly #plan: StormPlan;
  readonly #random: Random;
  /** Agents by the second at which they come next. */
  readonly #next = new Map<number, number[]>();

  constructor(plan: StormPlan, random: Random) {
    this.#plan = plan;
    this.#random = random;
    for (const agent of plan.agents.keys()) {
      this.#wait(agent, random.below(Math.ceil(plan.periods[agent] ?? 60)));
    }
  }

  add(
    second: number,
    make: StormCalls,
    withAllows: boolean,
    moments: [number, () => StormEvent][],
  ): void {
    const { agents, busy, lanes, periods } = this.#plan;
    for (const agent of this.#next.get(second) ?? []) {
      const period = periods[agent] ?? 60;
      // Fractions of a second are drawn, so that the day holds as many as were planned.
      const step = Math.floor(period) + (this.#random.below(1000) < (period % 1) * 1000 ? 1 : 0);
      this.#wait(agent, second + step);
      const [from, until] = busy.get(agent) ?? [0, 0];
      if (from <= second && second <= until) {
        continue;
      }
      const name = agents[agent] ?? "";
      const at = (DAY + second) * 1000 + this.#random.below(1000);
      const target = lanes[agent]?.[this.#random.below(2)];
      if (target !== undefined) {
        moments.push([at, () => ({ kind: "call", call: make.denied(at, name, target, null) })]);
      }
      if (withAllows && second % 4 === 0) {
        moments.push([at, () => ({ kind: "call", call: make.allowed(at, name, null) })]);
      }
    }
    this.#next.delete(second);
  }

  #wait(agent: number, second: number): void {
    const waiting = this.#next.get(second);
    if (waiting === undefined) {
      this.#next.set(second, [agent]);
    } else {
      waiting.push(agent);
    }
  }
}

function failure(ms: number, number: number): StormEvent {
  return {
    kind: "failure",
    ms,
    source: {
      topic: "orders",
      partition: number % 6,
      offset: number,
      key: `ord-${number}`,
      value: "\u0000 no JSON",
    },
  };
}

/** Part of a storm's day: text that is appended to a file of the log, records of the dead letter topic. */
export type StormPart =
  | { readonly kind: "text"; readonly path: string; readonly text: string }
  | { readonly kind: "letters"; readonly letters: readonly StormRecord[] };

/** The dead letters of a storm without a log, of which every one is a claim; its truth is the storm's. */
export function* claimLetters(storm: Storm, primitives: Primitives): Generator<StormRecord> {
  const letters = new LetterBox(primitives);
  const random = seededRandom(storm.plan.agents.length ^ 0x1d5);
  for (const event of storm.events()) {
    switch (event.kind) {
      case "call":
        yield letters.letter(event.call, { id: random.hex(64), text: "" });
        break;
      case "failure":
        yield letters.failure(event.ms, event.source);
        break;
      case "tombstone":
        yield letters.tombstone(event.ms, event.key);
    }
  }
}

/** A storm with its kernel's log: capabilities, receipts under checkpoints, and dead letters of every shape. */
export async function* signedStorm(storm: Storm, ports: DemoPorts): AsyncGenerator<StormPart> {
  const { primitives } = ports;
  const court = new StormCourt({
    capabilities: stormCapabilities(storm.plan),
    policyChange: DAY + 43_200,
    primitives,
  });
  const letters = new LetterBox(primitives);
  const sealer = new ChunkSealer(authority(), ports);
  const noise: StormRecord[] = [];
  const calls = function* () {
    for (const event of storm.events()) {
      switch (event.kind) {
        case "call":
          yield event.call;
          break;
        case "failure":
          noise.push(letters.failure(event.ms, event.source));
          break;
        case "tombstone":
          noise.push(letters.tombstone(event.ms, event.key));
      }
    }
  };
  yield { kind: "text", path: TOKENS, text: ndjson(court.tokens) };
  const options = { court, letters, kernel: stormKernel(), seed: 7, ports };
  const checkpoints: string[] = [];
  for await (const chunk of storming(calls(), options)) {
    const text = chunk.receipts
      .map((one, at) => `{"seq":${chunk.firstSeq + at},"receipt":${one}}\n`)
      .join("");
    yield { kind: "text", path: `${LOG_FOLDER}/${EVIDENCE.receipts}`, text };
    if (chunk.receipts.length > 0) {
      checkpoints.push(ndjson([(await sealer.seal(chunk)).checkpoint.value]));
    }
    yield { kind: "letters", letters: [...chunk.letters, ...noise.splice(0)] };
  }
  yield { kind: "letters", letters: noise };
  const path = `${LOG_FOLDER}/${EVIDENCE.checkpoints}`;
  yield { kind: "text", path, text: checkpoints.join("") };
}
