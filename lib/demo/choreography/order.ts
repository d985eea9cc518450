import type { Random } from "../random.ts";
import type { DenialKind, OrderPlan } from "./model.ts";
import { type Step, Story } from "./story.ts";

/** Seconds until a failed attempt is made again. */
const BACKOFF = 4;
const SENDS_A_SECOND = 40;

/** The steps of an order, causes first: who consumes what, calls which tool and produces what. */
export function orderSteps(plan: OrderPlan, random: Random): readonly Step[] {
  const story = new Story(random);
  const denial = (kind: DenialKind): DenialKind | null => (plan.denied.has(kind) ? kind : null);
  const placed = story.begin("saga", "order.placed");
  const charged = charge(story, placed, plan);
  const reserved = reserve(story, placed, plan.items);
  mail(story, placed);
  if (charged === null) {
    return story.steps;
  }
  const confirmed = confirm(story, charged, reserved);
  const ledger = story.consume("ledger", "payment.charged", charged);
  story.tool("ledger", "ledger_append", ledger);
  const rates = story.consume("parcels", "payment.charged", charged);
  story.tool("parcels", "rate_quote", rates);
  if (plan.denied.has("pii-read")) {
    story.deadLetter(
      "stock",
      story.consume("stock", "payment.charged", charged, { denial: "pii-read" }),
    );
  }
  const label = story.tool(
    "parcels",
    "buy_label",
    story.consume("parcels", "order.confirmed", confirmed),
  );
  const shipped = story.produce("parcels", "shipment.created", label);
  tellByPhone(story, confirmed, denial("sms-scope"));
  restockFor(story, confirmed, plan);
  follow(story, shipped, plan);
  if (plan.returned) {
    takeBack(story, label);
  }
  return story.steps;
}

/** Null where the charge was refused: nothing but its dead letter follows. */
function charge(story: Story, placed: number, plan: OrderPlan): number | null {
  let taken: number;
  if (plan.retried) {
    const first = story.consume("charging", "order.placed", placed, { attempt: "rolled-back" });
    const failed = story.tool("charging", "charge_payment", first, { attempt: "failed" });
    const wait = (story.steps[failed]?.at ?? 0) + BACKOFF;
    taken = story.consume("charging", "order.placed", placed, { again: first, wait });
  } else {
    taken = story.consume("charging", "order.placed", placed);
  }
  const refused = plan.denied.has("charge-scope");
  const call = story.tool("charging", "charge_payment", taken, {
    denial: refused ? "charge-scope" : null,
  });
  if (refused) {
    story.deadLetter("charging", call);
    return null;
  }
  return story.produce("charging", "payment.charged", call);
}

/** One reservation for each position; the event names them all as its causes. */
function reserve(story: Story, placed: number, items: number): number {
  const taken = story.consume("stock", "order.placed", placed);
  const calls = Array.from({ length: items }, (_, position) =>
    story.tool("stock", "reserve_stock", taken, { position }),
  );
  const last = calls[calls.length - 1] ?? taken;
  return story.produce("stock", "stock.reserved", last, { joins: calls.slice(0, -1) });
}

function mail(story: Story, placed: number): void {
  const taken = story.consume("mail", "order.placed", placed);
  story.produce("mail", "mail.rendered", story.tool("mail", "render_email", taken));
}

/** The join: paid and reserved. The call chain names one consume, a lineage statement the other. */
function confirm(story: Story, charged: number, reserved: number): number {
  const paid = story.consume("saga", "payment.charged", charged);
  const held = story.consume("saga", "stock.reserved", reserved);
  const merged = story.tool("saga", "merge_saga", paid, { joins: [held] });
  return story.produce("saga", "order.confirmed", merged);
}

function tellByPhone(story: Story, confirmed: number, denial: DenialKind | null): void {
  const taken = story.consume("mail", "order.confirmed", confirmed);
  const call = story.tool("mail", "send_sms", taken, { denial });
  if (denial === null) {
    story.produce("mail", "sms.sent", call);
  } else {
    story.deadLetter("mail", call);
  }
}

function restockFor(story: Story, confirmed: number, plan: OrderPlan): void {
  const taken = story.consume("purchasing", "order.confirmed", confirmed);
  const lowered = story.tool("purchasing", "decrement_stock", taken);
  const pathDenied = plan.denied.has("forbidden-path");
  const contract = story.tool("purchasing", "read_contract", taken, {
    denial: pathDenied ? "forbidden-path" : null,
  });
  if (pathDenied) {
    story.deadLetter("purchasing", contract);
  }
  const created = story.produce(
    "purchasing",
    "po.created",
    story.tool("purchasing", "create_po", lowered),
  );
  const budget = story.consume("saga", "po.created", created);
  story.tool("saga", "update_budget", budget);
  const overBudget = plan.denied.has("over-budget");
  const due = story.consume("ledger", "po.created", created);
  const paid = story.tool("ledger", "pay_supplier", due, {
    denial: overBudget ? "over-budget" : null,
  });
  if (overBudget) {
    story.deadLetter("ledger", paid);
  } else {
    story.produce("ledger", "supplier.paid", paid);
  }
}

/** From the shipment on: the order is updated, captured, invoiced, tracked and closed. */
function follow(story: Story, shipped: number, plan: OrderPlan): void {
  story.tool("saga", "update_order", story.consume("saga", "shipment.created", shipped));
  const told = story.consume("mail", "shipment.created", shipped);
  story.produce("mail", "mail.sent", story.tool("mail", "send_email", told));
  const due = story.consume("ledger", "shipment.created", shipped);
  const issued = story.produce(
    "ledger",
    "invoice.issued",
    story.tool("ledger", "capture_funds", due),
  );
  const invoiced = story.consume("mail", "invoice.issued", issued);
  const from = story.steps[invoiced]?.at ?? 0;
  for (let position = 0; position < plan.invoices; position += 1) {
    const wait = from + Math.floor(position / SENDS_A_SECOND);
    story.tool("mail", "send_invoice", invoiced, { position, wait });
  }
  const tracked = story.consume("parcels", "shipment.created", shipped);
  const delivered = story.produce(
    "parcels",
    "parcel.delivered",
    story.tool("parcels", "track_parcel", tracked),
  );
  const closing = story.consume("saga", "parcel.delivered", delivered);
  story.produce("saga", "order.closed", story.tool("saga", "close_order", closing));
  story.tool("mail", "ask_review", story.consume("mail", "parcel.delivered", delivered));
}

/** A return, asked for elsewhere: the label is void, the money goes back, the goods too. */
function takeBack(story: Story, label: number): void {
  const asked = story.consumeFromElsewhere("parcels", "returns.requested", label);
  const voided = story.tool("parcels", "void_label", asked, { joins: [label] });
  const told = story.produce("parcels", "label.voided", voided);
  story.tool("ledger", "issue_refund", story.consume("ledger", "label.voided", told));
  story.tool("stock", "restock", story.consume("stock", "label.voided", told));
}
