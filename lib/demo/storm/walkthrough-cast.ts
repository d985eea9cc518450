import type { JsonObject } from "@/kernel/json/value.ts";
import type { Caller } from "./call.ts";
import type { StormCapability } from "./court.ts";
import { PRICED } from "./policies.ts";
import type { TemplateName } from "./templates.ts";

/** 2026-04-16 00:00:00 UTC. */
export const DAY = 1_776_297_600;
export const EVENTS_SERVER = "events";
/** Seconds of the day. */
export const at = (hour: number, minute: number, second = 0): number =>
  DAY + hour * 3600 + minute * 60 + second;
export const POLICY_CHANGE = at(2, 8);

/** The agents of the day. Each is denied at most two scopes, but for the two whose widening is to be found. */
export const RESEARCH = "research-agent-group";
const AGENTS: readonly (readonly [agent: string, service: string])[] = [
  [RESEARCH, "research"],
  ["shipping-agent", "shipping"],
  ["pricing-agent", "pricing"],
  ["support-agent", "support"],
  ["returns-agent", "returns"],
  ["catalog-agent", "catalog"],
  ["partner-agent", "partners"],
  ["quote-agent", "pricing"],
  ["notify-agent", "notify"],
  ["inventory-agent", "inventory"],
  ["legal-agent", "legal"],
  ["audit-agent", "audit"],
  ["order-service", "order"],
  ["billing-agent", "billing"],
  ["refund-agent", "billing"],
  ["saga-agent", "order"],
  ["crm-agent", "crm"],
  ["build-agent", "build"],
  ["payment-service", "payment"],
];

/** A second right of the research group: payments, but only of small messages. */
export const SMALL_MESSAGES = "cap-research-agent-group-small";
/** Octets of the parameters' compact JSON; those of every payment have more. */
const SMALL = 200;
const EXPIRED = "-ended";

export function capabilityOf(agent: string): string {
  return `cap-${agent}`;
}

export function callerOf(agent: string, capability = capabilityOf(agent)): Caller {
  const service = AGENTS.find(([name]) => name === agent)?.[1] ?? agent;
  return { agent, service, capability, group: agent };
}

/** The right that a call of a template is made under: an expired one where that is the reason. */
export function callerFor(agent: string, template: TemplateName): Caller {
  return callerOf(agent, capabilityOf(agent) + (template === "token" ? EXPIRED : ""));
}

export function grant(server: string, tool: string, more: JsonObject = {}): JsonObject {
  return { server_id: server, tool_name: tool, operations: ["invoke"], ...more };
}

/** What every agent may do, as often as its service has work. */
export const ROUTINE: readonly (readonly [server: string, tool: string])[] = [
  [EVENTS_SERVER, "events:consume:orders"],
  [EVENTS_SERVER, "events:consume:shipments"],
  ["ledger", "append_entry"],
  ["mailer", "send_digest"],
  ["search", "find_order"],
];

/** Everything that a guard, not the scope, refuses. */
const GUARDED: readonly (readonly [server: string, tool: string])[] = [
  ["web", "http_request"],
  ["labels", "http_request"],
  ["crm", "http_request"],
  ["notifications", "send_email"],
  ["files", "read_file"],
  ["archive", "read_file"],
  ["files", "write_file"],
  ["repo", "apply_patch"],
  ["build", "bash"],
];

export function capabilities(): readonly StormCapability[] {
  const grants = [
    ...[...ROUTINE, ...GUARDED].map(([server, tool]) => grant(server, tool)),
    grant("payments", "pay_supplier", PRICED),
  ];
  const from = DAY - 30 * 86_400;
  const until = DAY + 30 * 86_400;
  const usual = AGENTS.map(
    ([agent]): StormCapability => ({ id: capabilityOf(agent), agent, grants, from, until }),
  );
  const ended = AGENTS.filter(([, service]) => ENDED.has(service)).map(
    ([agent]): StormCapability => ({
      id: capabilityOf(agent) + EXPIRED,
      agent,
      grants: [grant("*", "update_order")],
      from,
      until: at(6, 0),
    }),
  );
  const small: StormCapability = {
    id: SMALL_MESSAGES,
    agent: RESEARCH,
    grants: [
      grant(EVENTS_SERVER, "events:consume:payments", {
        constraints: [{ type: "max_args_size", value: SMALL }],
      }),
    ],
    from,
    until,
  };
  return [...usual, ...ended, small];
}
const ENDED: ReadonlySet<string> = new Set(["order", "billing", "crm"]);
