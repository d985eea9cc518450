import type { Link, Step } from "./view.ts";

export interface Picture {
  readonly steps: readonly Step[];
  readonly links: readonly Link[];
  /** From the refused call back to the root. */
  readonly path: readonly string[];
}

/**
 * One order through five services, with everything a picture can hold: joins, denials, a value that is not the
 * one that was signed, a parent that is not loaded, an attempt that was rolled back, a fold and a stub.
 */
export function orderPicture(): Picture {
  const steps: Step[] = [];
  const links: Link[] = [];
  const run = (service: string, first: number, names: readonly string[]): string[] => {
    const keys: string[] = [];
    names.forEach((name, index) => {
      const number = String(first + index).padStart(3, "0");
      const key = `r${first + index}`;
      const [what, ...rest] = name.split(" ");
      const word = rest.join(" ");
      const base = {
        key,
        lane: service,
        id: `rcpt_${number}`,
        time: 1_776_269_160 + first + index,
      };
      if (what === "consume" || what === "produce") {
        steps.push({ ...base, boundary: what, topic: word });
      } else steps.push({ ...base, boundary: "tool", tool: what ?? "" });
      const before = keys.at(-1);
      if (before !== undefined) links.push({ from: before, to: key });
      keys.push(key);
    });
    return keys;
  };
  const topic = (from: string, name: string, ...to: readonly string[]) => {
    for (const key of to) links.push({ from, to: key, topic: name, strength: "observed" });
  };
  const say = (key: string, what: Partial<Step>) => {
    const place = steps.findIndex((step) => step.key === key);
    const step = steps[place];
    if (step !== undefined) steps[place] = { ...step, ...what };
  };
  const [order, payment, stock, shipping, notify] = [
    "order-service",
    "payment-service",
    "inventory-agent",
    "shipping-service",
    "notify-agent",
  ] as const;
  run(order, 1, ["produce order.placed"]);
  run(payment, 2, ["consume order.placed", "charge_payment", "produce payment.charged"]);
  run(stock, 5, ["consume order.placed", "reserve_stock", "produce stock.reserved"]);
  run(notify, 8, ["consume order.placed", "render_email", "produce email.ready"]);
  run(order, 11, ["consume payment.charged", "merge_saga", "produce order.confirmed"]);
  run(order, 14, ["consume stock.reserved"]);
  links.push({ from: "r14", to: "r12" });
  run(shipping, 15, ["consume order.confirmed", "buy_label", "produce shipment.created"]);
  run(notify, 18, ["consume order.confirmed", "send_sms", "produce to denied"]);
  run(stock, 21, ["consume order.confirmed", "decrement_stock", "create_po", "produce po.created"]);
  run(payment, 27, ["consume po.created", "pay_supplier", "produce to denied"]);
  run(stock, 25, ["read_contract", "produce to denied"]);
  links.push({ from: "r21", to: "r25" });
  run(order, 30, ["consume po.created", "update_budget"]);
  run(order, 32, ["consume shipment.created", "update_order"]);
  run(notify, 34, ["consume shipment.created", "send_email", "produce email.sent"]);
  run(payment, 37, ["consume shipment.created", "capture_funds", "produce invoice.issued"]);
  run(notify, 40, ["consume invoice.issued"]);
  run(shipping, 42, ["track_parcel", "produce parcel.delivered"]);
  links.push({ from: "r17", to: "r42" });
  run(order, 44, ["consume parcel.delivered", "close_order", "produce order.closed"]);
  run(notify, 47, ["consume parcel.delivered", "ask_review"]);
  run(shipping, 50, ["consume returns.requested", "void_label", "produce label.voided"]);
  links.push({ from: "r16", to: "r51" });
  run(payment, 53, ["consume label.voided", "issue_refund"]);
  run(payment, 55, ["consume payment.charged", "ledger_append"]);
  run(stock, 57, ["consume payment.charged", "produce to denied"]);
  run(shipping, 59, ["consume payment.charged", "rate_quote"]);
  run(stock, 61, ["consume label.voided", "restock"]);
  steps.push({ key: "m49", lane: shipping, kind: "missing", id: "rcpt_049" });
  links.push({ from: "m49", to: "r50", topic: "returns.requested", strength: "asserted" });
  steps.push({
    key: "f:sends",
    lane: notify,
    kind: "fold",
    count: 412,
    tool: "sends",
    boundary: "tool",
  });
  links.push({ from: "r40", to: "f:sends" });
  steps.push({ key: "s:c:r33", lane: order, kind: "stub", count: 38, beneath: { denied: 2 } });
  links.push({ from: "r33", to: "s:c:r33" });
  topic("r1", "order.placed", "r2", "r5", "r8");
  topic("r4", "payment.charged", "r11", "r55", "r57", "r59");
  topic("r7", "stock.reserved", "r14");
  topic("r13", "order.confirmed", "r15", "r18", "r21");
  topic("r24", "po.created", "r27", "r30");
  topic("r17", "shipment.created", "r32", "r34", "r37");
  topic("r39", "invoice.issued", "r40");
  topic("r43", "parcel.delivered", "r44", "r47");
  topic("r52", "label.voided", "r53", "r61");
  say("r28", { decision: "deny", guard: "over_budget" });
  say("r19", { decision: "deny", guard: "missing_scope" });
  say("r25", { decision: "deny", guard: "forbidden_path" });
  say("r57", { decision: "deny", guard: "pii_read" });
  say("r35", { integrity: "does-not-verify" });
  say("r38", { settlement: "rolled-back" });
  say("r60", { integrity: "not-checked" });
  const path = ["r28", "r27", "r24", "r23", "r22", "r21", "r13", "r12", "r14", "r7", "r6", "r5"];
  return { steps, links, path: [...path, "r11", "r4", "r3", "r2", "r1"] };
}
