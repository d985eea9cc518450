import type { TemplateName } from "./templates.ts";
import { at, RESEARCH } from "./walkthrough-cast.ts";

/** Who is denied what by one template, when, and how often. */
export interface Lane {
  readonly template: TemplateName;
  readonly denials: number;
  readonly claims: number;
  /** Who asks where, the most frequent first, with weights. Claims fall to the last one. */
  readonly who: readonly (readonly [agent: string, server: string, weight: number])[];
  readonly first: number;
  readonly last: number;
  /** How much falls into each minute of the day, relative to others. */
  readonly weight: (minute: number) => number;
}

const even = (): number => 1;

/** Patterns 2 to 11 of the day, as many of each as the design shows. */
export const LANES: readonly Lane[] = [
  {
    template: "egress",
    denials: 6412,
    claims: 148,
    who: [
      ["shipping-agent", "web", 40],
      ["pricing-agent", "web", 20],
      ["returns-agent", "labels", 12],
      ["support-agent", "crm", 10],
      ["catalog-agent", "web", 8],
      ["quote-agent", "web", 7],
      ["partner-agent", "crm", 3],
    ],
    first: at(0, 0, 4),
    last: at(23, 59, 51),
    weight: (minute) => 20 + 45 * Math.sin((Math.PI * minute) / 1440),
  },
  {
    template: "velocity",
    denials: 4120,
    claims: 0,
    who: [
      ["notify-agent", "notifications", 70],
      ["support-agent", "notifications", 30],
    ],
    first: at(0, 3, 2),
    last: at(23, 58, 57),
    weight: (minute) => (minute % 60 < 10 ? 10 : 1),
  },
  {
    template: "path",
    denials: 2318,
    claims: 0,
    who: [
      ["inventory-agent", "files", 60],
      ["catalog-agent", "archive", 25],
      ["returns-agent", "archive", 15],
    ],
    first: at(0, 11, 40),
    last: at(23, 52, 9),
    weight: even,
  },
  {
    template: "budget",
    denials: 1806,
    claims: 0,
    who: [["payment-service", "payments", 1]],
    first: at(16, 40, 12),
    last: at(23, 59, 33),
    weight: even,
  },
  {
    template: "tool",
    denials: 1024,
    claims: 0,
    who: [
      ["inventory-agent", "contracts", 60],
      ["legal-agent", "legal", 20],
      ["audit-agent", "contracts", 20],
    ],
    first: at(0, 20, 30),
    last: at(23, 41, 18),
    weight: even,
  },
  {
    template: "token",
    denials: 642,
    claims: 64,
    who: [
      ["order-service", "orders", 50],
      ["billing-agent", "orders-eu", 15],
      ["saga-agent", "orders-apac", 10],
      ["crm-agent", "orders", 10],
      ["refund-agent", "orders-us", 15],
    ],
    first: at(6, 0, 5),
    last: at(8, 14, 48),
    weight: (minute) => Math.max(1, 500 - minute),
  },
  {
    template: "secret",
    denials: 391,
    claims: 0,
    who: [
      ["notify-agent", "files", 70],
      ["audit-agent", "files", 30],
    ],
    first: at(1, 7, 15),
    last: at(22, 30, 44),
    weight: even,
  },
  {
    template: "private",
    denials: 262,
    claims: 0,
    who: [
      ["shipping-agent", "web", 70],
      ["pricing-agent", "web", 30],
    ],
    first: at(2, 13, 20),
    last: at(20, 2, 37),
    weight: even,
  },
  {
    template: "patch",
    denials: 187,
    claims: 0,
    who: [["build-agent", "repo", 1]],
    first: at(9, 30, 21),
    last: at(17, 55, 3),
    weight: even,
  },
  {
    template: "shell",
    denials: 44,
    claims: 0,
    who: [["build-agent", "build", 1]],
    first: at(10, 2, 11),
    last: at(16, 48, 26),
    weight: even,
  },
];

/** A moment that is written down, not drawn. */
export interface Fixed {
  readonly second: number;
  readonly template: TemplateName;
  readonly agent: string;
  readonly server: string;
}

/** The two widenings. Each of them is part of the count of its template's lane. */
export const FIXED: readonly Fixed[] = [
  { second: at(2, 11, 20), template: "tool", agent: RESEARCH, server: "contracts" },
  { second: at(2, 11, 26), template: "tool", agent: RESEARCH, server: "contracts" },
  { second: at(2, 11, 52), template: "private", agent: RESEARCH, server: "web" },
  { second: at(2, 12, 4), template: "private", agent: RESEARCH, server: "web" },
  { second: at(7, 10), template: "token", agent: "order-service", server: "orders-eu" },
  { second: at(7, 11), template: "token", agent: "order-service", server: "orders-us" },
  { second: at(7, 12), template: "token", agent: "order-service", server: "orders-apac" },
];

/** Denied by a guard, and granted to the same agent a little later with other words. */
export const PROBED: readonly {
  readonly second: number;
  readonly agent: string;
  readonly server: string;
}[] = [
  { second: at(11, 4, 10), agent: "quote-agent", server: "web" },
  { second: at(14, 31, 2), agent: "partner-agent", server: "crm" },
  { second: at(19, 47, 40), agent: "quote-agent", server: "web" },
];

export const TOP = {
  template: "topic",
  denials: 31_004,
  keys: 14,
  gapMs: 500,
  first: at(2, 9, 14),
  /** Asked under the right to small messages; every seventh key of the first of them. */
  small: 16,
} as const;

/** The bars of ten minutes that the storm falls into, and how many denials of other patterns each holds. */
export const BESIDE_TOP: readonly (readonly [second: number, others: number])[] = [
  [at(2, 0), 160],
  [at(2, 10), 58],
  [at(2, 20), 53],
];
export const BAR = 600;
export const ALLOWS = 48_202;

/** One entry of the day's plan; calls are made of it when their turn comes. */
export interface Entry {
  readonly ms: number;
  readonly kind: "top" | "denied" | "allowed";
  readonly template: TemplateName;
  readonly agent: string;
  readonly server: string;
  readonly tool: string;
  readonly isClaim: boolean;
  /** Of the top pattern, the number of the try. */
  readonly number: number;
}
