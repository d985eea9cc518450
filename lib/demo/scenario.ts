import type { JsonObject } from "@/kernel/json/value.ts";
import { type Call, evidenceOf, SERVICES, type Service } from "./call.ts";
import { type Random, seededRandom } from "./random.ts";
import { scriptedCall } from "./script.ts";

interface Step {
  readonly by: Service;
  readonly tool: string;
}

/** What happens to an order, in order. Each step is brought about by the one before it. */
const STEPS: readonly Step[] = [
  { by: SERVICES.order, tool: "events:consume:order.placed" },
  { by: SERVICES.order, tool: "create_order" },
  { by: SERVICES.inventory, tool: "reserve_stock" },
  { by: SERVICES.payment, tool: "approve_charge" },
  { by: SERVICES.payment, tool: "charge_payment" },
  { by: SERVICES.payment, tool: "capture_funds" },
  { by: SERVICES.inventory, tool: "decrement_stock" },
  { by: SERVICES.order, tool: "update_order" },
  { by: SERVICES.shipping, tool: "quote_rate" },
  { by: SERVICES.shipping, tool: "buy_label" },
  { by: SERVICES.notify, tool: "render_email" },
  { by: SERVICES.notify, tool: "send_email" },
  { by: SERVICES.shipping, tool: "track_parcel" },
  { by: SERVICES.order, tool: "close_order" },
  { by: SERVICES.order, tool: "events:produce:order.closed" },
];

interface Order {
  readonly id: string;
  readonly cents: number;
  readonly sku: string;
  step: number;
  last: number | null;
}

const OPEN_ORDERS = 12;

const DENIALS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["scope-match", "no grant covers this tool on this server"],
  ["scope-match", "the grant lacks the operation invoke"],
  ["budget", "the charge exceeds what is left of the budget"],
  ["budget", "max_cost_per_invocation is 500.00 EUR"],
  ["egress-allowlist", "host is not on the allowlist: labels.example.net"],
  ["velocity", "more than 30 calls in 60 seconds"],
  ["forbidden-path", "path is under /etc"],
];

/** Amounts are text with two places, as the payment service takes them. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

/**
 * An endless day of the demo shop: call 1, 2, 3, … with times from `start` (Unix seconds) on, mostly
 * allowed, about one in twenty denied by a guard with a reason, a few cancelled or incomplete.
 */
export function* calls(seed: number, start: number): Generator<Call, never> {
  const random = seededRandom(seed);
  const orders: Order[] = [];
  let clock = start;
  let nextOrder = 20_000;
  for (let number = 1; ; number += 1) {
    clock += 1 + random.below(3) + (random.once(7) ? random.below(6) : 0);
    const handle = random.hex(20);
    const fixed = scriptedCall(number, clock, handle);
    if (fixed !== null) {
      yield fixed;
      continue;
    }
    if (orders.length < OPEN_ORDERS) {
      const cents = 900 + random.below(48_000);
      const sku = `sku-${random.hex(4)}`;
      orders.push({ id: `ord-${nextOrder}`, cents, sku, step: 0, last: null });
      nextOrder += 1;
    }
    const at = random.below(orders.length);
    const order = orders[at] ?? { id: "ord-0", cents: 100, sku: "sku-0", step: 0, last: null };
    const call = callOf(random, order, clock, handle);
    order.step += 1;
    const isDenied = call.decision["verdict"] === "deny";
    // Nothing follows from a call that was not made: the order goes on from the one before.
    order.last = isDenied ? order.last : number;
    const stopped = isDenied && random.once(2);
    if (stopped || order.step >= STEPS.length) {
      orders.splice(at, 1);
    }
    yield call;
  }
}

function callOf(random: Random, order: Order, timestamp: number, handle: string): Call {
  const step = STEPS[order.step] ?? STEPS[0];
  if (step === undefined) {
    throw new RangeError("an order has at least one step");
  }
  const decision = decide(random);
  const guard = typeof decision["guard"] === "string" ? decision["guard"] : null;
  const allowed = decision["verdict"] === "allow";
  return {
    timestamp,
    service: step.by.service,
    agent: step.by.agent,
    toolServer: step.by.toolServer,
    toolName: step.tool,
    capabilityId: step.by.capability,
    parameters: parametersOf(step.tool, order, random),
    decision,
    evidence: evidenceOf(guard, typeof decision["reason"] === "string" ? decision["reason"] : ""),
    output: allowed ? { status: "done", order_id: order.id, handle: handle.slice(0, 8) } : null,
    financial: allowed && step.by.service === "payment" ? financialOf(order.cents) : null,
    chainId: `chain-${order.id}`,
    parent: order.last,
    handle,
  };
}

function decide(random: Random): JsonObject {
  const draw = random.below(1000);
  if (draw < 48) {
    const [guard, reason] = random.pick(DENIALS);
    return { verdict: "deny", reason, guard };
  }
  if (draw < 50) {
    return { verdict: "cancelled", reason: "the caller withdrew the request" };
  }
  if (draw < 52) {
    return { verdict: "incomplete", reason: "the tool server closed the connection" };
  }
  return { verdict: "allow" };
}

function financialOf(cents: number): JsonObject {
  return {
    grant_index: 0,
    cost_charged: cents,
    currency: "EUR",
    budget_remaining: 5_000_000 - cents,
    budget_total: 5_000_000,
    delegation_depth: 0,
    root_budget_holder: "payment-service",
    settlement_status: "settled",
  };
}

function parametersOf(tool: string, order: Order, random: Random): JsonObject {
  const base = { order_id: order.id };
  switch (tool) {
    case "approve_charge":
    case "charge_payment":
    case "capture_funds":
      return { ...base, amount: money(order.cents), currency: "EUR" };
    case "reserve_stock":
    case "decrement_stock":
      return { ...base, sku: order.sku, quantity: 1 + random.below(4) };
    case "quote_rate":
    case "buy_label":
    case "track_parcel":
      return {
        ...base,
        carrier: random.pick(["northline", "parcelo", "quickpost"]),
        grams: 200 + random.below(9000),
      };
    case "render_email":
    case "send_email":
      return {
        ...base,
        template: "order-update",
        to: `customer-${random.below(9000)}@example.com`,
      };
    default:
      return {
        ...base,
        topic: "orders",
        partition: random.below(6),
        offset: random.below(1_000_000),
      };
  }
}
