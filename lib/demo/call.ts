import type { JsonObject } from "@/kernel/json/value.ts";

/** One governed call of the demo shop, before any kernel made a receipt of it. */
export interface Call {
  readonly timestamp: number;
  readonly service: string;
  readonly agent: string;
  readonly toolServer: string;
  readonly toolName: string;
  readonly capabilityId: string;
  readonly parameters: JsonObject;
  readonly decision: JsonObject;
  readonly evidence: readonly JsonObject[];
  readonly output: JsonObject | null;
  readonly financial: JsonObject | null;
  /** Which chain the call belongs to, and the number of the call that brought it about, if any. */
  readonly chainId: string;
  readonly parent: number | null;
  /** Hex digits from the stream, for ids. */
  readonly handle: string;
}

export interface Service {
  readonly service: string;
  readonly agent: string;
  readonly toolServer: string;
  readonly capability: string;
}

export const SERVICES = {
  order: {
    service: "order",
    agent: "order-service",
    toolServer: "orders",
    capability: "cap-ord-0102",
  },
  payment: {
    service: "payment",
    agent: "payment-service",
    toolServer: "payments",
    capability: "cap-pay-0117",
  },
  inventory: {
    service: "inventory",
    agent: "inventory-agent",
    toolServer: "inventory",
    capability: "cap-inv-0121",
  },
  shipping: {
    service: "shipping",
    agent: "shipping-service",
    toolServer: "shipping",
    capability: "cap-shp-0130",
  },
  notify: {
    service: "notify",
    agent: "notify-agent",
    toolServer: "notifications",
    capability: "cap-ntf-0144",
  },
} as const satisfies Record<string, Service>;

const GUARDS = ["scope-match", "budget", "egress-allowlist", "velocity"] as const;

/** Guards run in order and stop at the first that says no. */
export function evidenceOf(denying: string | null, reason: string): readonly JsonObject[] {
  const rows: JsonObject[] = [];
  for (const guard of GUARDS) {
    if (guard === denying) {
      break;
    }
    rows.push({ guard_name: guard, verdict: true });
  }
  if (denying !== null) {
    rows.push({ guard_name: denying, verdict: false, details: reason });
  }
  return rows;
}
