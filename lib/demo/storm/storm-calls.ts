import type { Primitives } from "@/kernel/primitives.ts";
import { type Random, seededRandom } from "../random.ts";
import type { Caller, Shape, Source, StormCall } from "./call.ts";
import type { StormCapability } from "./court.ts";
import { consumeParameters } from "./letters.ts";
import { PRICED } from "./policies.ts";
import type { StormOptions, StormPlan, Target } from "./storm-plan.ts";
import { TEMPLATES, type Template, type TemplateName } from "./templates.ts";
import { DAY, grant } from "./walkthrough-cast.ts";

const DAY_SECONDS = 86_400;
const ROUTINE = ["routine", "append_entry"] as const;
const ENDED = "-ended";

/** The capabilities of a storm's agents: all tools but those that are to be out of scope. */
export function stormCapabilities({ agents }: StormPlan): readonly StormCapability[] {
  const from = DAY - 30 * DAY_SECONDS;
  const until = DAY + 30 * DAY_SECONDS;
  const tools = ["http_request", "send_email", "read_file", "write_file", "apply_patch", "bash"];
  const grants = [
    grant(...ROUTINE),
    ...tools.map((tool) => grant("*", tool)),
    grant("*", "pay_supplier", PRICED),
  ];
  return agents.flatMap((agent) => [
    { id: `cap-${agent}`, agent, grants, from, until },
    { id: `cap-${agent}${ENDED}`, agent, grants: [grant("*", "update_order")], from, until: DAY },
  ]);
}

/** Makes calls of what was planned. */
export class StormCalls {
  readonly #random: Random;
  readonly #primitives: Primitives;
  readonly #mode: StormOptions["mode"];
  #offset = 0;

  constructor({ seed, mode }: StormOptions, primitives: Primitives) {
    this.#random = seededRandom(seed ^ 0xca11);
    this.#primitives = primitives;
    this.#mode = mode;
  }

  /**
   * @param key of the record that is judged; null for one of its own
   * @param kept whether its receipt is there for certain, as that of every incident
   */
  denied(
    ms: number,
    agent: string,
    target: Target,
    key: number | null,
    kept = key !== null,
  ): StormCall {
    const template: Template = TEMPLATES[target.template];
    const { reason, parameters } = template.refuse(this.#random);
    const by = callerOf(agent, target.template);
    const source = this.#source(key);
    return {
      ms,
      by,
      server: target.server,
      tool: target.tool,
      source,
      parameters:
        target.template === "topic" && this.#mode === "signed"
          ? consumeParameters(by, source, this.#primitives)
          : parameters,
      denied: { template, reason, shape: this.#shape(kept) },
    };
  }

  allowed(ms: number, agent: string, target: Target | null): StormCall {
    const [server, tool] = target === null ? ROUTINE : ([target.server, target.tool] as const);
    const parameters =
      target === null
        ? { order_id: `ord-${this.#random.below(4000)}` }
        : { method: "GET", url: "https://rates.shop.example/v1/today" };
    const by = callerOf(agent, "topic");
    return { ms, by, server, tool, source: this.#source(null), parameters, denied: null };
  }

  /** Incidents are counted by their receipts; of quiet days, half of the denials have none. */
  #shape(kept: boolean): Shape {
    if (this.#mode === "claims") {
      return "claim";
    }
    const drawn = this.#random.below(20);
    return drawn < 2 ? "envelope" : drawn < 12 && !kept ? "claim" : "documentation";
  }

  #source(key: number | null): Source {
    this.#offset += 1;
    const name = key === null ? `ord-${this.#random.below(90_000)}` : `key-${key}`;
    const offset = key === null ? this.#offset : key;
    return { topic: "orders", partition: offset % 6, offset, key: name, value: `{"id":"${name}"}` };
  }
}

function callerOf(agent: string, template: TemplateName): Caller {
  const capability = `cap-${agent}${template === "token" ? ENDED : ""}`;
  return { agent, service: "storm", capability, group: "" };
}
