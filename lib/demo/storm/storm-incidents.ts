import type { BurstTruth, WideningTruth } from "./model.ts";
import type { StormPlan } from "./storm-plan.ts";
import { TEMPLATES } from "./templates.ts";
import { DAY } from "./walkthrough-cast.ts";

/** Agents that tried several scopes, as it was planned. */
export function widenings({ agents, singles }: StormPlan): readonly WideningTruth[] {
  const tried = new Map<number, StormPlan["singles"][number][]>();
  for (const single of singles) {
    tried.set(single.agent, [...(tried.get(single.agent) ?? []), single]);
  }
  return [...tried]
    .filter(([, each]) => each.length > 2)
    .map(([agent, each]) => ({
      agent: agents[agent] ?? "",
      tried: each.map(({ target, ms }) => ({
        scope: `${target.server}/${target.tool}`,
        tool: target.tool,
        at: DAY + Math.floor(ms / 1000),
      })),
    }));
}

/** Counts a burst's calls as they are made. */
export class BurstCounts {
  readonly #counts = new Map<number, { denials: number; first: number; last: number }>();
  readonly #plan: StormPlan;
  readonly #isClaim: boolean;

  constructor(plan: StormPlan, isClaim: boolean) {
    this.#plan = plan;
    this.#isClaim = isClaim;
  }

  made(burst: number, second: number): void {
    const count = this.#counts.get(burst) ?? { denials: 0, first: second, last: second };
    this.#counts.set(burst, count);
    count.denials += 1;
    count.last = second;
  }

  truth(): readonly BurstTruth[] {
    return [...this.#counts].map(([number, { denials, first, last }]) => {
      const planned = this.#plan.bursts[number];
      const { template, server, tool } = planned?.target ?? {
        template: "topic",
        server: "",
        tool: "",
      };
      return {
        agent: this.#plan.agents[planned?.agent ?? 0] ?? "",
        scope: template === "topic" ? tool : `${server}/${tool}`,
        guard: TEMPLATES[template].guard,
        denials,
        claims: this.#isClaim ? denials : 0,
        keys: planned?.keys ?? 0,
        gapMs: planned?.gapMs ?? 0,
        first,
        last,
      };
    });
  }
}
