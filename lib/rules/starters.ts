import type { Rule } from "./model.ts";

const MINUTE = 60;
const HOUR = 3600;

/** Rules to begin with, all switched off: what is worth an alert, only who runs the agents knows. */
export const STARTER_RULES: readonly Rule[] = [
  {
    id: "starter-scope-probing",
    name: "One agent tries many scopes",
    description:
      "An agent was refused three or more different scopes within ten minutes. Either it was set up without what it needs, or it tries what it can get.",
    severity: "high",
    isEnabled: false,
    conditions: [],
    groupBy: ["agent"],
    measure: { kind: "distinct", field: "scope" },
    windowSeconds: 10 * MINUTE,
    threshold: 3,
    cooldownSeconds: 30 * MINUTE,
    evidence: "verified",
  },
  {
    id: "starter-denial-storm",
    name: "One agent is denied over and over",
    description:
      "A hundred denials of one agent within five minutes: a retry loop, a permission that was taken away, or pressure on a boundary.",
    severity: "medium",
    isEnabled: false,
    conditions: [],
    groupBy: ["agent"],
    measure: { kind: "count" },
    windowSeconds: 5 * MINUTE,
    threshold: 100,
    cooldownSeconds: HOUR,
    evidence: "verified",
  },
  {
    id: "starter-scope-spread",
    name: "Many agents are refused one scope",
    description:
      "Five or more agents were refused the same scope within ten minutes. A policy that changed hits many at once; so does one instruction that reached many agents.",
    severity: "high",
    isEnabled: false,
    conditions: [],
    groupBy: ["scope"],
    measure: { kind: "distinct", field: "agent" },
    windowSeconds: 10 * MINUTE,
    threshold: 5,
    cooldownSeconds: 30 * MINUTE,
    evidence: "verified",
  },
  {
    id: "starter-secret-leak",
    name: "A secret was stopped on its way out",
    description:
      "A secret-leak guard refused a call, even one. The secret is somewhere where it should not be.",
    severity: "critical",
    isEnabled: false,
    conditions: [{ field: "guard", operator: "contains", values: ["secret-leak", "secret_leak"] }],
    groupBy: ["agent", "scope"],
    measure: { kind: "count" },
    windowSeconds: MINUTE,
    threshold: 1,
    cooldownSeconds: HOUR,
    evidence: "verified",
  },
  {
    id: "starter-denial-ratio",
    name: "Most of what an agent asks is denied",
    description:
      "At least half of an agent's decisions within an hour were denials, with twenty decisions or more. It counts allowed calls too, so load their receipts.",
    severity: "medium",
    isEnabled: false,
    conditions: [],
    groupBy: ["agent"],
    measure: { kind: "ratio", minimum: 20 },
    windowSeconds: HOUR,
    threshold: 0.5,
    cooldownSeconds: 4 * HOUR,
    evidence: "verified",
  },
  {
    id: "starter-budget-exhausted",
    name: "A budget is used up and calls go on",
    description:
      "Ten denials for an exhausted budget or rate within ten minutes in one capability: whoever holds it does not stop.",
    severity: "low",
    isEnabled: false,
    conditions: [
      {
        field: "reason",
        operator: "matches",
        values: ["(?i)budget|quota|exhausted|more than .* calls|rate limit"],
      },
    ],
    groupBy: ["capability"],
    measure: { kind: "count" },
    windowSeconds: 10 * MINUTE,
    threshold: 10,
    cooldownSeconds: HOUR,
    evidence: "verified",
  },
];
