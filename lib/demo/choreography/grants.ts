import type { JsonObject } from "@/kernel/json/value.ts";
import { AGENTS, type Agent, type Names, type Topic } from "./cast.ts";

interface Rights {
  readonly tools: readonly string[];
  readonly consumes: readonly Topic[];
  readonly produces: readonly Topic[];
}

/** What each capability grants. Dead letters may be produced by everybody. */
const RIGHTS: Readonly<Record<Agent, Rights>> = {
  saga: {
    tools: ["merge_saga", "update_order", "update_budget", "close_order"],
    consumes: [
      "payment.charged",
      "stock.reserved",
      "po.created",
      "shipment.created",
      "parcel.delivered",
    ],
    produces: ["order.placed", "order.confirmed", "order.closed"],
  },
  charging: {
    tools: ["charge_payment"],
    consumes: ["order.placed"],
    produces: ["payment.charged"],
  },
  ledger: {
    tools: ["ledger_append", "pay_supplier", "capture_funds", "issue_refund"],
    consumes: ["payment.charged", "po.created", "shipment.created", "label.voided"],
    produces: ["supplier.paid", "invoice.issued"],
  },
  stock: {
    tools: ["reserve_stock", "restock"],
    consumes: ["order.placed", "payment.charged", "label.voided"],
    produces: ["stock.reserved"],
  },
  purchasing: {
    tools: ["decrement_stock", "create_po", "read_contract"],
    consumes: ["order.confirmed"],
    produces: ["po.created"],
  },
  parcels: {
    tools: ["rate_quote", "buy_label", "track_parcel", "void_label"],
    consumes: ["payment.charged", "order.confirmed", "shipment.created", "returns.requested"],
    produces: ["shipment.created", "parcel.delivered", "label.voided"],
  },
  mail: {
    tools: ["render_email", "send_email", "send_sms", "send_invoice", "ask_review"],
    consumes: [
      "order.placed",
      "order.confirmed",
      "shipment.created",
      "invoice.issued",
      "parcel.delivered",
    ],
    produces: ["mail.rendered", "mail.sent", "sms.sent"],
  },
};

/** Who may read the fields of `payment.charged` that are tagged as personal: `stock` may not. */
const MAY_READ_PERSONAL: ReadonlySet<Agent> = new Set(["saga", "ledger", "parcels"]);

/** The most that one call may cost, in cents, and the most that all of them may. */
const COSTS: ReadonlyMap<string, number> = new Map([
  ["charge_payment", 60_000],
  ["capture_funds", 60_000],
  ["pay_supplier", 60_000],
  ["issue_refund", 60_000],
  ["buy_label", 2_000],
]);
const PLENTY = 1_000_000_000_000;
/** The group's whole budget, and what it is asked for: the documentation's case of a budget that is spent. */
const GROUP_BUDGET = { total: 5_000, asked: 41_200 } as const;

export const CURRENCY = "EUR";
export const EVENTS_SERVER = "events";

export interface IssuedScope {
  readonly id: string;
  readonly agent: Agent;
  readonly scope: JsonObject;
}

/** The capabilities of the shop: one for each agent, and the group's. */
export function issuedScopes(names: Names): readonly IssuedScope[] {
  const own = AGENTS.map((agent): IssuedScope => {
    const { capability: id, server } = names.cast[agent];
    const rights = RIGHTS[agent];
    const grants = [
      ...rights.tools.map((tool) => grant(server, tool, COSTS.get(tool) ?? null, PLENTY)),
      ...rights.consumes.map((topic) => ({
        ...event(`events:consume:${names.topic(topic)}`),
        ...(MAY_READ_PERSONAL.has(agent) ? { operations: ["invoke", "read_result"] } : {}),
      })),
      ...[...rights.produces, "dead-letter" as const].map((topic) =>
        event(`events:produce:${names.topic(topic)}`),
      ),
    ];
    return { id, agent, scope: { grants } };
  });
  const { asked, total } = GROUP_BUDGET;
  const pay = grant(names.cast.ledger.server, "pay_supplier", asked, total);
  return [...own, { id: names.groupCapability, agent: "ledger", scope: { grants: [pay] } }];
}

function grant(server: string, tool: string, most: number | null, total: number): JsonObject {
  return {
    server_id: server,
    tool_name: tool,
    operations: ["invoke"],
    ...(most === null
      ? {}
      : {
          max_cost_per_invocation: { units: most, currency: CURRENCY },
          max_total_cost: { units: total, currency: CURRENCY },
        }),
  };
}

function event(tool: string): JsonObject {
  return grant(EVENTS_SERVER, tool, null, 0);
}
