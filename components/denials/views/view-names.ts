/** What is shown beneath the chart, in the order of the tabs. */
export const VIEWS = [
  "patterns",
  "denials",
  "agents",
  "guards",
  "bursts",
  "first-seen",
  "spread",
  "probing",
  "retries",
  "cost",
  "groups",
  "coverage",
  "dead-letters",
  "failures",
] as const;
export type ViewName = (typeof VIEWS)[number];

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  patterns: "Patterns",
  denials: "List",
  agents: "Agents by scope",
  guards: "Guards by topic",
  bursts: "Bursts",
  "first-seen": "First seen",
  spread: "Spread",
  probing: "Probing",
  retries: "Retries",
  cost: "Cost",
  groups: "Groups",
  coverage: "Coverage",
  "dead-letters": "Dead letters",
  failures: "Processing failures",
};

/** What a view says, in a sentence over it. */
export const VIEW_SENTENCES: Readonly<Record<ViewName, string>> = {
  patterns: "Denials for the same reason, by the same guard, of the same tool.",
  denials: "Every denial that passes the filter, newest first.",
  agents: "Who was denied what. The darker a cell, the more denials.",
  guards: "Which guard denied calls on which topic. The darker a cell, the more denials.",
  bursts:
    "Where one agent was denied most within a sliding window; windows do not start at the clock.",
  "first-seen": "When an agent first asked for a scope or tool, of those that it was denied.",
  spread: "Scopes that more than one agent was denied, and how they spread from agent to agent.",
  probing: "A denial after which the same agent’s next call for the same scope was allowed.",
  retries: "Records with one key that were denied more than once, and how evenly they came.",
  cost: "What the refused calls would have cost, as their receipts say.",
  groups: "Consumer groups, their denials, and those by guards of budget or velocity.",
  coverage: "Offsets between the first and the last that receipts name, and those that none names.",
  "dead-letters": "Records of dead-letter topics, and how well their parts fit each other.",
  failures:
    "Records that a connector could not process. These are processing failures, not denials.",
};
