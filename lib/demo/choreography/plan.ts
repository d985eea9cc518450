import { type Random, seededRandom } from "../random.ts";
import type { ChoreographyOptions, DenialKind, OrderPlan } from "./model.ts";
import { DENIAL_KINDS } from "./model.ts";

/** One in so many orders, on average. */
const RATES: Readonly<Record<DenialKind, number>> = {
  "charge-scope": 24,
  "over-budget": 16,
  "forbidden-path": 20,
  "pii-read": 16,
  "sms-scope": 14,
};

/** What happens to an order: by the seed, then by what the options fix. */
export function planOf(order: number, options: ChoreographyOptions, random: Random): OrderPlan {
  const denied = new Set(DENIAL_KINDS.filter((kind) => random.once(RATES[kind])));
  const seeded: OrderPlan = {
    items: random.once(3) ? 2 + random.below(5) : 1,
    retried: random.once(11),
    attemptRecorded: !random.once(3),
    denied,
    returned: random.once(18),
    invoices: 1,
    edited: order < (options.edited ?? 0),
  };
  const hot = options.hotRoot ?? 0;
  const first = order === 0 && hot > 0 ? { ...seeded, ...UNDISTURBED, invoices: hot } : seeded;
  return { ...first, ...options.plan?.(order) };
}

/** The hottest root's chain must get as far as its invoices. */
const UNDISTURBED = { denied: new Set<DenialKind>() } as const;

/** A stream of its own for each order, so that orders do not depend on how they interleave. */
export function randomOf(seed: number, order: number): Random {
  return seededRandom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(order + 1, 0xc2b2ae35));
}
