import type { DecisionEvents, EventField } from "@/lib/denials/model.ts";
import { evaluateRule } from "./evaluate.ts";
import type { Rule } from "./model.ts";
import { previewRule } from "./preview.ts";
import type { RuleAnswer, RuleQuestion, RuleQuestions } from "./questions.ts";

/** Values of a field that are listed at most. */
const MOST_VALUES = 200;

/**
 * Answers a question of a page from the decisions that are loaded.
 *
 * @throws RangeError on a rule with a pattern that is not valid
 */
export function answerRules(events: DecisionEvents, question: RuleQuestion): RuleAnswer {
  switch (question.name) {
    case "preview":
      return previewRule(question.ask, events);
    case "evaluate":
      return evaluateAll(question.ask, events);
    case "values":
      return valuesOf(question.ask, events);
  }
}

/** Rules that are switched off are left out. */
function evaluateAll(
  rules: readonly Rule[],
  events: DecisionEvents,
): RuleQuestions["evaluate"]["answer"] {
  const results = rules
    .filter(({ isEnabled }) => isEnabled)
    .map((rule) => ({ id: rule.id, ...evaluateRule(rule, events) }));
  const alerts = results.flatMap((result) => result.alerts);
  return {
    alerts: alerts.sort((one, other) => one.at - other.at),
    fired: Object.fromEntries(results.map(({ id, fired, held }) => [id, { fired, held }])),
  };
}

function valuesOf(field: EventField, events: DecisionEvents): RuleQuestions["values"]["answer"] {
  const column = events.fields[field];
  const denials = new Int32Array(events.texts.length);
  for (let event = 0; event < events.count; event += 1) {
    const code = column[event] ?? 0;
    denials[code] = (denials[code] ?? 0) + (events.isDenied[event] ?? 0);
  }
  const codes: number[] = [];
  for (let code = 1; code < denials.length; code += 1) {
    if ((denials[code] ?? 0) > 0) {
      codes.push(code);
    }
  }
  const count = (code: number): number => denials[code] ?? 0;
  return codes
    .sort((one, other) => count(other) - count(one) || one - other)
    .slice(0, MOST_VALUES)
    .map((code) => ({ value: events.texts[code] ?? "", denials: count(code) }));
}
