import type { JsonObject } from "@/kernel/json/value.ts";
import { money } from "../scenario.ts";
import type { OrderState, RecordFacts } from "./order-state.ts";
import type { Step } from "./story.ts";

/** Who buys: made up, at a domain that belongs to nobody (RFC 2606). */
export function customerOf(state: OrderState): string {
  return `customer-${state.order % 9000}@example.com`;
}

/** What a tool is called with. Members are in canonical order. */
export function toolParameters(tool: string, step: Step, state: OrderState): JsonObject {
  const order = { order_id: state.id };
  switch (tool) {
    case "charge_payment":
    case "capture_funds":
    case "issue_refund":
    case "ledger_append":
      return { amount: money(state.cents), currency: "EUR", ...order };
    case "pay_supplier":
      return { amount: money(supplierCents(state)), currency: "EUR", ...order, supplier: "sup-17" };
    case "reserve_stock":
    case "decrement_stock":
    case "create_po":
    case "restock":
      return {
        ...order,
        quantity: 1 + ((state.order + positionOf(step)) % 4),
        sku: `${state.sku}-${positionOf(step)}`,
      };
    case "read_contract":
      return {
        ...order,
        path:
          step.denial === "forbidden-path"
            ? "/srv/contracts/../../etc/shadow"
            : "/srv/contracts/sup-17.txt",
      };
    case "rate_quote":
    case "buy_label":
    case "void_label":
    case "track_parcel":
      return { carrier: "northline", grams: 200 + ((state.order * 37) % 9000), ...order };
    case "render_email":
    case "send_email":
    case "ask_review":
      return { ...order, template: tool, to: customerOf(state) };
    case "send_invoice":
      return { ...order, template: tool, to: `office-${positionOf(step)}@example.com` };
    case "send_sms":
      return { ...order, text: "shipped", to: "+00 000 0000" };
    default:
      return order;
  }
}

export function supplierCents(state: OrderState): number {
  return 10_000 + ((state.order * 431) % 30_000);
}

/** What a consumer tells the kernel of the record that it took (streaming 1.2); never the body itself. */
export function consumeParameters(request: string, record: RecordFacts): JsonObject {
  return {
    body_hash: record.valueHash,
    body_length: record.value.length,
    headers: Object.fromEntries(record.headers),
    key: record.key,
    offset: record.offset,
    partition: record.partition,
    request_id: request,
    topic: record.topic,
  };
}

/** What a producer tells of the record that it is about to write: where it lands is not known yet. */
export function produceParameters(
  request: string,
  record: Omit<RecordFacts, "offset" | "headers">,
): JsonObject {
  return {
    body_hash: record.valueHash,
    body_length: record.value.length,
    key: record.key,
    request_id: request,
    topic: record.topic,
  };
}

function positionOf(step: Step): number {
  return step.act.kind === "tool" ? step.act.position : 0;
}
