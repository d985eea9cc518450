import { type StormCall, scopeOf, secondOf } from "./call.ts";
import {
  BAR_SECONDS,
  type FiringTruth,
  type PatternTruth,
  type ProbeTruth,
  STORM_RULES,
  type StormTruth,
} from "./model.ts";
import { RuleCount } from "./rule-count.ts";
import type { Template } from "./templates.ts";

interface PatternCount {
  readonly template: Template;
  denials: number;
  claims: number;
  readonly agents: Set<string>;
  readonly scopes: Set<string>;
  readonly keys: Set<string>;
  first: number;
  last: number;
}

/** What one agent was denied of late. */
interface AgentCount {
  readonly scopes: Map<string, number>;
  readonly seconds: number[];
  /** Index of the oldest second that is still in the window. */
  from: number;
}

type Incidents = Pick<StormTruth, "bursts" | "widenings">;

/** Counts calls as they are emitted. Nothing that is tested against it has a part in it. */
export class StormTally {
  readonly #patterns = new Map<string, PatternCount>();
  readonly #guards = new Map<string, number>();
  readonly #bars = new Map<string, { second: number; guard: string; denials: number }>();
  readonly #agents = new Map<string, AgentCount>();
  readonly #repeats = new RuleCount(STORM_RULES.repeats);
  readonly #scopes: ReadonlyMap<number, RuleCount>;
  readonly #withClaims: boolean;
  /** Of each agent and scope, the second of the last denial. */
  readonly #denied = new Map<string, number>();
  readonly #probes: ProbeTruth[] = [];
  #receipts = 0;
  #allows = 0;
  #denials = 0;
  #claims = 0;
  #deadLetters = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  failures = 0;
  tombstones = 0;
  copies = 0;

  /**
   * @param withClaims whether claims count for the rules
   * @param thresholds of the rule over distinct scopes, beside the usual one
   */
  constructor(withClaims: boolean, thresholds: readonly number[] = []) {
    this.#withClaims = withClaims;
    const rule = STORM_RULES.scopes;
    this.#scopes = new Map(
      [rule.threshold, ...thresholds].map((threshold) => [
        threshold,
        new RuleCount({ ...rule, threshold }),
      ]),
    );
  }

  count(call: StormCall): void {
    const { denied } = call;
    const second = secondOf(call.ms);
    const place = `${call.by.agent}\n${scopeOf(call)}`;
    if (denied === null) {
      this.#receipts += 1;
      this.#allows += 1;
      this.#granted(call, place, second);
      return;
    }
    const isClaim = denied.shape === "claim";
    this.#denials += 1;
    this.#deadLetters += 1;
    this.#receipts += isClaim ? 0 : 1;
    this.#claims += isClaim ? 1 : 0;
    this.#first = Math.min(this.#first, second);
    this.#last = Math.max(this.#last, second);
    this.#denied.set(place, second);
    this.#ofPattern(call, denied.template, isClaim, second);
    if (this.#withClaims || !isClaim) {
      this.#ofRules(call, second);
    }
  }

  firings(threshold: number): readonly FiringTruth[] {
    return this.#scopes.get(threshold)?.firings ?? [];
  }

  truth(seed: number, { bursts, widenings }: Incidents): StormTruth {
    return {
      seed,
      deadLetters: this.#deadLetters,
      receipts: this.#receipts,
      allows: this.#allows,
      failures: this.failures,
      tombstones: this.tombstones,
      copies: this.copies,
      denials: this.#denials,
      claims: this.#claims,
      patterns: [...this.#patterns.values()].map(patternTruth).sort(byDenials),
      guards: [...this.#guards].map(([guard, denials]) => ({ guard, denials })).sort(byDenials),
      bars: [...this.#bars.values()],
      bursts,
      widenings,
      probes: this.#probes,
      firings: {
        repeats: this.#repeats.firings,
        scopes: this.firings(STORM_RULES.scopes.threshold),
      },
      first: this.#first,
      last: this.#last,
    };
  }

  /** A denial is probed once: the first grant after it answers it. */
  #granted(call: StormCall, place: string, second: number): void {
    const denied = this.#denied.get(place);
    if (denied !== undefined) {
      this.#denied.delete(place);
      const { agent } = call.by;
      this.#probes.push({ agent, scope: scopeOf(call), denied, allowed: second });
    }
  }

  #ofPattern(call: StormCall, template: Template, isClaim: boolean, second: number): void {
    const name = `${template.guard}\n${call.tool}\n${template.masked}`;
    let pattern = this.#patterns.get(name);
    if (pattern === undefined) {
      pattern = {
        template: { ...template, tool: call.tool },
        denials: 0,
        claims: 0,
        agents: new Set(),
        scopes: new Set(),
        keys: new Set(),
        first: second,
        last: second,
      };
      this.#patterns.set(name, pattern);
    }
    pattern.denials += 1;
    pattern.claims += isClaim ? 1 : 0;
    pattern.agents.add(call.by.agent);
    pattern.scopes.add(scopeOf(call));
    pattern.keys.add(call.source.key);
    pattern.last = second;
    const { guard } = template;
    this.#guards.set(guard, (this.#guards.get(guard) ?? 0) + 1);
    const start = second - (second % BAR_SECONDS);
    const bar = this.#bars.get(`${start} ${guard}`) ?? { second: start, guard, denials: 0 };
    bar.denials += 1;
    this.#bars.set(`${start} ${guard}`, bar);
  }

  #ofRules(call: StormCall, second: number): void {
    const { agent } = call.by;
    const count: AgentCount = this.#agents.get(agent) ?? {
      scopes: new Map(),
      seconds: [],
      from: 0,
    };
    this.#agents.set(agent, count);
    count.scopes.set(scopeOf(call), second);
    for (const rule of this.#scopes.values()) {
      const since = rule.since(second);
      let distinct = 0;
      for (const at of count.scopes.values()) {
        distinct += at > since ? 1 : 0;
      }
      rule.met(agent, second, distinct);
    }
    count.seconds.push(second);
    const since = this.#repeats.since(second);
    while ((count.seconds[count.from] ?? second) <= since) {
      count.from += 1;
    }
    if (count.from > 4096) {
      count.seconds.splice(0, count.from);
      count.from = 0;
    }
    this.#repeats.met(agent, second, count.seconds.length - count.from);
  }
}

function byDenials(a: { readonly denials: number }, b: { readonly denials: number }): number {
  return b.denials - a.denials;
}

function patternTruth(count: PatternCount): PatternTruth {
  const { guard, tool, masked } = count.template;
  return {
    guard,
    tool,
    reason: masked,
    denials: count.denials,
    claims: count.claims,
    agents: [...count.agents].sort(),
    scopes: [...count.scopes].sort(),
    keys: count.keys.size,
    first: count.first,
    last: count.last,
  };
}
