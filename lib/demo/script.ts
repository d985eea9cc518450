import { type Call, evidenceOf, SERVICES, type Service } from "./call.ts";

interface Scripted {
  readonly by: Service;
  readonly tool: string;
  readonly parent: number | null;
  readonly charge: boolean;
}

/** The receipt that the samples change, and the value that its signature covers. */
export const CHARGE = {
  seq: 803,
  order: "ord-20417",
  amount: "120.00",
  changedTo: "12000.00",
} as const;

/** The charge's chain: the event that brought it about, and the two payments that it brought about. */
const SCRIPT = new Map<number, Scripted>([
  [799, { by: SERVICES.order, tool: "events:consume:order.placed", parent: null, charge: false }],
  [803, { by: SERVICES.payment, tool: "approve_charge", parent: 799, charge: true }],
  [810, { by: SERVICES.payment, tool: "charge_payment", parent: 803, charge: true }],
  [816, { by: SERVICES.payment, tool: "capture_funds", parent: 803, charge: true }],
]);

/** The fixed call of that number, or null where the scenario is free. */
export function scriptedCall(number: number, timestamp: number, handle: string): Call | null {
  const entry = SCRIPT.get(number);
  if (entry === undefined) {
    return null;
  }
  return {
    timestamp,
    service: entry.by.service,
    agent: entry.by.agent,
    toolServer: entry.by.toolServer,
    toolName: entry.tool,
    capabilityId: entry.by.capability,
    parameters: entry.charge
      ? { amount: CHARGE.amount, currency: "EUR", order_id: CHARGE.order }
      : { order_id: CHARGE.order, topic: "orders", partition: 3, offset: 20_417 },
    decision: { verdict: "allow" },
    evidence: evidenceOf(null, ""),
    output: { status: "done", order_id: CHARGE.order, handle: handle.slice(0, 8) },
    financial: null,
    chainId: `chain-${CHARGE.order}`,
    parent: entry.parent,
    handle,
  };
}
