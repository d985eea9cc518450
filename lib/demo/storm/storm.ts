import type { Primitives } from "@/kernel/primitives.ts";
import { seededRandom } from "../random.ts";
import { type StormEvent, secondOf } from "./call.ts";
import type { StormTruth } from "./model.ts";
import { StormCalls } from "./storm-calls.ts";
import { BurstCounts, widenings } from "./storm-incidents.ts";
import { planStorm, type StormOptions, type StormPlan } from "./storm-plan.ts";
import { failure, QuietAgents } from "./storm-quiet.ts";
import { StormTally } from "./tally.ts";
import { DAY } from "./walkthrough-cast.ts";

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
