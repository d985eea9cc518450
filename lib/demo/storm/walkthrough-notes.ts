import { type StormCall, scopeOf, secondOf } from "./call.ts";
import type { BurstTruth, WideningTruth } from "./model.ts";
import { RESEARCH, SMALL_MESSAGES } from "./walkthrough-cast.ts";
import { TOP } from "./walkthrough-lanes.ts";

type Tried = WideningTruth["tried"][number];

/** Notes what the day's storm and its two widenings are made of, as their calls are emitted. */
export class WalkthroughNotes {
  readonly #tried = new Map<string, Tried[]>();
  readonly #keys = new Set<string>();
  #denials = 0;
  #small = 0;
  #first = 0;
  #last = 0;

  note(call: StormCall): void {
    const { denied, by } = call;
    if (denied === null) {
      return;
    }
    const second = secondOf(call.ms);
    const scope = scopeOf(call);
    if (denied.template.name === TOP.template) {
      this.#first = this.#denials === 0 ? second : this.#first;
      this.#last = second;
      this.#denials += 1;
      this.#small += by.capability === SMALL_MESSAGES ? 1 : 0;
      this.#keys.add(call.source.key);
    }
    const tried = this.#tried.get(by.agent) ?? [];
    this.#tried.set(by.agent, tried);
    if (!tried.some((one) => one.scope === scope)) {
      tried.push({ scope, tool: call.tool, at: second });
    }
  }

  get small(): number {
    return this.#small;
  }

  burst(scope: string, guard: string): BurstTruth {
    return {
      agent: RESEARCH,
      scope,
      guard,
      denials: this.#denials,
      claims: 0,
      keys: this.#keys.size,
      gapMs: TOP.gapMs,
      first: this.#first,
      last: this.#last,
    };
  }

  /** Who was denied at least `least` scopes in the day, with the first try of each. */
  widenings(least: number): readonly WideningTruth[] {
    return [...this.#tried]
      .filter(([, tried]) => tried.length >= least)
      .map(([agent, tried]) => ({ agent, tried }));
  }
}
