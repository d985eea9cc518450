import { seededRandom } from "../random.ts";

/** Who acts in the shop. An agent has a key, a capability and a service that it belongs to. */
export const AGENTS = [
  "saga",
  "charging",
  "ledger",
  "stock",
  "purchasing",
  "parcels",
  "mail",
] as const;
export type Agent = (typeof AGENTS)[number];

export const TOPICS = [
  "order.placed",
  "payment.charged",
  "stock.reserved",
  "order.confirmed",
  "po.created",
  "supplier.paid",
  "shipment.created",
  "invoice.issued",
  "parcel.delivered",
  "returns.requested",
  "label.voided",
  "order.closed",
  "mail.rendered",
  "mail.sent",
  "sms.sent",
  "dead-letter",
] as const;
export type Topic = (typeof TOPICS)[number];

interface Member {
  readonly service: string;
  readonly agent: string;
  readonly server: string;
  readonly capability: string;
}

const CAST: Readonly<Record<Agent, Member>> = {
  saga: member("order-service", "saga-agent", "orders", "cap-ord-0201"),
  charging: member("payment-service", "charging-agent", "payments", "cap-pay-0217"),
  ledger: member("payment-service", "ledger-agent", "ledger", "cap-led-0218"),
  stock: member("inventory-agent", "stock-agent", "inventory", "cap-inv-0221"),
  purchasing: member("inventory-agent", "purchasing-agent", "purchasing", "cap-pur-0222"),
  parcels: member("shipping-service", "parcel-agent", "shipping", "cap-shp-0230"),
  mail: member("notify-agent", "mail-agent", "notifications", "cap-ntf-0244"),
};

const GROUP_CAPABILITY = "cap-grp-0250";

/** Topics beside those of the shop: what consumers write about their own work. */
const OWN_TOPICS = { receipts: "chio.receipts", attempts: "chio.attempts" } as const;

/** What everything is called in the files. */
export interface Names {
  readonly cast: Readonly<Record<Agent, Member>>;
  /** The budget that several agents pay suppliers from; it is spent. */
  readonly groupCapability: string;
  readonly topic: (topic: Topic) => string;
  readonly receiptTopic: string;
  readonly attemptTopic: string;
}

/** The names as they stand above or, with a seed, others that say nothing: an index must not know them. */
export function namesOf(permutation: number | null): Names {
  if (permutation === null) {
    return {
      cast: CAST,
      groupCapability: GROUP_CAPABILITY,
      topic: (topic) => topic,
      receiptTopic: OWN_TOPICS.receipts,
      attemptTopic: OWN_TOPICS.attempts,
    };
  }
  const random = seededRandom(permutation ^ 0x5eed);
  const known = new Map<string, string>();
  const other = (kind: string, name: string): string => {
    const key = `${kind} ${name}`;
    const made = known.get(key) ?? `${kind}-${random.hex(7)}`;
    known.set(key, made);
    return made;
  };
  const topics = new Map(TOPICS.map((topic) => [topic, other("topic", topic)]));
  const renamed = (agent: Agent): Member => {
    const usual = CAST[agent];
    return {
      service: other("svc", usual.service),
      agent: other("agent", usual.agent),
      server: other("srv", usual.server),
      capability: other("cap", usual.capability),
    };
  };
  return {
    cast: {
      saga: renamed("saga"),
      charging: renamed("charging"),
      ledger: renamed("ledger"),
      stock: renamed("stock"),
      purchasing: renamed("purchasing"),
      parcels: renamed("parcels"),
      mail: renamed("mail"),
    },
    groupCapability: other("cap", GROUP_CAPABILITY),
    topic: (topic) => topics.get(topic) ?? topic,
    receiptTopic: other("topic", OWN_TOPICS.receipts),
    attemptTopic: other("topic", OWN_TOPICS.attempts),
  };
}

function member(service: string, agent: string, server: string, capability: string): Member {
  return { service, agent, server, capability };
}
