import type { Rule } from "@/lib/rules/model.ts";

/** What another page knows of a rule to be made: every member it leaves out takes a usual value. */
export type RuleDraft = Partial<Omit<Rule, "id" | "isEnabled">>;

const USUAL: Omit<Rule, "id"> = {
  name: "Denials of one agent",
  description: "",
  severity: "medium",
  isEnabled: true,
  conditions: [],
  groupBy: ["agent"],
  measure: { kind: "count" },
  windowSeconds: 600,
  threshold: 10,
  cooldownSeconds: 1800,
  evidence: "verified",
};

let waiting: RuleDraft | null = null;

/**
 * Leaves a rule for the page of rules to open as a new one. It stays in memory: what a log says never
 * gets into an address. A later draft replaces one that was not taken.
 */
export function draftRule(draft: RuleDraft): void {
  waiting = draft;
}

/** The draft that waits, once: the next call gives null. */
export function takeRuleDraft(): RuleDraft | null {
  const taken = waiting;
  waiting = null;
  return taken;
}

/** A whole rule of a draft, under an id that no other rule has. */
export function ruleOfDraft(draft: RuleDraft): Rule {
  return { ...USUAL, ...draft, id: crypto.randomUUID() };
}
