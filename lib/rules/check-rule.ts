import { childPointer } from "@/kernel/json/pointer.ts";
import { testOf } from "./conditions.ts";
import type { Rule } from "./model.ts";
import type { PlacelessProblem, RuleProblem } from "./problem.ts";

export const MAX_RULES = 500;
export const MAX_WINDOW_SECONDS = 366 * 86_400;
export const MAX_COUNT = 1_000_000_000;
export const MAX_CONDITIONS = 20;
export const MAX_VALUES = 200;
export const MAX_VALUE = 4096;
export const MAX_GROUP_BY = 6;
export const MAX_NAME = 200;
export const MAX_DESCRIPTION = 4000;
/** Of an id: what can stand in a file name, an address and a terminal as it is. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;

/** What keeps a rule that someone made from being run; empty for a rule as it should be. */
export function ruleProblems(rule: Rule): readonly RuleProblem[] {
  return checkRule(rule, "").map((problem) => ({ ...problem, line: null }));
}

/** Limits and patterns of a rule whose members have the right types. `pointer` is where it stands. */
export function checkRule(rule: Rule, pointer: string): readonly PlacelessProblem[] {
  const problems: PlacelessProblem[] = [];
  const refuse = (code: PlacelessProblem["code"], path: string, detail: string, fix: string) =>
    problems.push({ code, pointer: pointer + path, detail, fix });
  const bounded = (name: string, value: number, least: number, most: number): void => {
    if (!Number.isInteger(value) || value < least || value > most) {
      refuse(
        "out-of-range",
        `/${name}`,
        `${value} is out of range`,
        `use a whole number from ${least} to ${most}`,
      );
    }
  };
  const lengthOf = (name: string, text: string, most: number): void => {
    if (text.length > most) {
      refuse("out-of-range", `/${name}`, `it has ${text.length} characters`, `use at most ${most}`);
    }
  };
  if (!ID.test(rule.id)) {
    const fix = "use up to 64 letters, digits, points, hyphens and underscores";
    refuse("out-of-range", "/id", "this cannot be an id", fix);
  }
  if (rule.name.trim() === "") {
    refuse("out-of-range", "/name", "the name is empty", "name the rule");
  }
  lengthOf("name", rule.name, MAX_NAME);
  lengthOf("description", rule.description, MAX_DESCRIPTION);
  bounded("window_seconds", rule.windowSeconds, 1, MAX_WINDOW_SECONDS);
  bounded("cooldown_seconds", rule.cooldownSeconds, 0, MAX_WINDOW_SECONDS);
  if (rule.measure.kind === "ratio") {
    bounded("measure/minimum", rule.measure.minimum, 1, MAX_COUNT);
    if (!(rule.threshold > 0 && rule.threshold <= 1)) {
      const fix = "use a share above 0 and up to 1";
      refuse("out-of-range", "/threshold", `${rule.threshold} is no share`, fix);
    }
  } else {
    bounded("threshold", rule.threshold, 1, MAX_COUNT);
  }
  if (rule.groupBy.length > MAX_GROUP_BY || new Set(rule.groupBy).size < rule.groupBy.length) {
    const fix = `use up to ${MAX_GROUP_BY} different fields`;
    refuse("out-of-range", "/group_by", "too many fields, or one of them twice", fix);
  }
  if (rule.conditions.length > MAX_CONDITIONS) {
    refuse("out-of-range", "/conditions", "too many conditions", `use at most ${MAX_CONDITIONS}`);
  }
  rule.conditions.slice(0, MAX_CONDITIONS).forEach((condition, index) => {
    const path = childPointer("/conditions", index);
    const { values } = condition;
    const isShort = values.every((value) => value.length <= MAX_VALUE);
    if (values.length === 0 || values.length > MAX_VALUES || !isShort) {
      const fix = `use 1 to ${MAX_VALUES} values of up to ${MAX_VALUE} characters`;
      refuse("out-of-range", `${path}/values`, "no values, too many or too long", fix);
      return;
    }
    const test = testOf(condition);
    if (!test.ok) {
      const detail = test.error.replace(/\.$/u, "");
      refuse("pattern", `${path}/values`, detail, "write the pattern in the syntax of RE2");
    }
  });
  return problems;
}
