import type { EventField } from "@/lib/denials/model.ts";
import type { PatternPart, PatternRow } from "@/lib/queries/denial-model.ts";
import { PATTERN_PARTS } from "@/lib/queries/denial-model.ts";
import type { RuleCondition } from "@/lib/rules/model.ts";
import type { RuleDraft } from "@/lib/session/rule-drafts.ts";
import { logWords } from "../log-words.ts";
import { patternWords } from "../pattern-key.ts";

const FIELDS: Readonly<Record<PatternPart, EventField>> = {
  guard: "guard",
  tool: "tool",
  scope: "scope",
  agent: "agent",
  reason: "reason",
};

/** A rule that counts the denials of a pattern for each agent; everything in it can be changed there. */
export function ruleOfPattern(pattern: PatternRow): RuleDraft {
  const conditions = PATTERN_PARTS.flatMap((part): RuleCondition[] => {
    const value = pattern.key[part];
    return value === undefined || value === ""
      ? []
      : [{ field: FIELDS[part], operator: "is", values: [value] }];
  });
  const { target, guard } = patternWords(pattern);
  return {
    name: `${logWords(guard, "no guard")} denies ${logWords(target, "calls")}`,
    description: "Made from a pattern of denials.",
    conditions,
    groupBy: ["agent"],
    measure: { kind: "count" },
    windowSeconds: 600,
    threshold: 10,
    cooldownSeconds: 1800,
    evidence: "verified",
  };
}
