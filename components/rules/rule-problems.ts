import { ruleProblems } from "@/lib/rules/check-rule.ts";
import type { Rule } from "@/lib/rules/model.ts";

const WORDS = new Map([
  ["name", "Name"],
  ["description", "Note"],
  ["conditions", "Where"],
  ["group_by", "Counted per"],
  ["measure", "Measure"],
  ["threshold", "Threshold"],
  ["window_seconds", "Window"],
  ["cooldown_seconds", "Cooldown"],
]);

/** What keeps a rule from being tried and saved, a sentence each, in the words of the form. */
export function problemsOf(rule: Rule): readonly string[] {
  return ruleProblems(rule).map(({ pointer, detail, fix }) => {
    const [, name = "", at] = pointer.split("/");
    const number = at !== undefined && /^\d+$/u.test(at) ? `, condition ${Number(at) + 1}` : "";
    return `${WORDS.get(name) ?? "Rule"}${number}: ${detail}; ${fix}.`;
  });
}
