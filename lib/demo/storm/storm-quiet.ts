import type { Random } from "../random.ts";
import type { StormEvent } from "./call.ts";
import type { StormCalls } from "./storm-calls.ts";
import type { StormPlan } from "./storm-plan.ts";
import { DAY } from "./walkthrough-cast.ts";

/** Agents on a quiet day: each is refused something every minute or so, and now and then granted something else. */
export class QuietAgents {
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

/** A record that a connector could not read. */
export function failure(ms: number, number: number): StormEvent {
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
