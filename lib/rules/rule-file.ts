import { parseJson } from "@/kernel/json/parse.ts";
import { childPointer, locate } from "@/kernel/json/pointer.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { EVENT_FIELDS } from "@/lib/denials/model.ts";
import { checkRule, MAX_RULES } from "./check-rule.ts";
import { Members } from "./members.ts";
import {
  OPERATORS,
  RULE_EVIDENCE,
  type Rule,
  type RuleCondition,
  type RuleMeasure,
  SEVERITIES,
} from "./model.ts";
import type { PlacelessProblem, RuleProblem } from "./problem.ts";

export const RULE_FILE_SCHEMA = "chio-explorer.rules.v1";
/** UTF-16 units of a text with rules that is read. */
export const MAX_RULE_TEXT = 1024 * 1024;
const MEASURES = ["count", "distinct", "ratio"] as const;

/** Rules of a file of our own form, as JSON. All of them, or every problem. */
export function readRuleFile(text: string): Result<readonly Rule[], readonly RuleProblem[]> {
  if (text.length > MAX_RULE_TEXT) {
    return err([tooLong(text)]);
  }
  const parsed = parseJson(text);
  if (!parsed.ok) {
    const { kind, offset, pointer } = parsed.error;
    const detail = `this is not JSON (${kind.replaceAll("-", " ")})`;
    return err([
      { code: "text", line: lineAt(text, offset), pointer, detail, fix: "correct the text" },
    ]);
  }
  const read = rulesOfDocument(parsed.value.value);
  return read.ok
    ? read
    : err(
        read.error.map((problem) => ({
          ...problem,
          line: lineAt(text, locate(text, problem.pointer)?.start ?? 0),
        })),
      );
}

/** The rules of a parsed file of our own form. */
export function rulesOfDocument(
  document: JsonValue,
): Result<readonly Rule[], readonly PlacelessProblem[]> {
  const problems: PlacelessProblem[] = [];
  const top = new Members(document, "", problems);
  const schema = top.text("schema");
  if (problems.length === 0 && schema !== RULE_FILE_SCHEMA) {
    top.refuse("form", "schema", "another form than this version reads", `use ${RULE_FILE_SCHEMA}`);
    return err(problems);
  }
  const list = top.list("rules");
  if (!top.has("rules")) {
    top.refuse("missing-member", "rules", "it has no rules", "add rules");
  }
  if (list.length > MAX_RULES) {
    top.refuse(
      "out-of-range",
      "rules",
      `${list.length} rules`,
      `keep at most ${MAX_RULES} in a file`,
    );
    return err(problems);
  }
  top.end();
  const rules = list.map((value, index) =>
    readRule(value, childPointer("/rules", index), problems),
  );
  problems.push(...repeatedIds(rules));
  return problems.length === 0 ? ok(rules) : err(problems);
}

function repeatedIds(rules: readonly Rule[]): readonly PlacelessProblem[] {
  const known = new Set<string>();
  return rules.flatMap(({ id }, index) => {
    const isKnown = known.has(id);
    known.add(id);
    const pointer = `/rules/${index}/id`;
    const detail = "another rule of the file has this id";
    return isKnown ? [{ code: "duplicate" as const, pointer, detail, fix: "give it another" }] : [];
  });
}

function readRule(value: JsonValue, pointer: string, problems: PlacelessProblem[]): Rule {
  const before = problems.length;
  const members = new Members(value, pointer, problems);
  const rule: Rule = {
    id: members.text("id"),
    name: members.text("name"),
    description: members.text("description", ""),
    severity: members.oneOf("severity", SEVERITIES, "medium", "medium"),
    isEnabled: members.flag("enabled", true),
    conditions: members
      .list("conditions")
      .map((each, index) =>
        readCondition(each, childPointer(childPointer(pointer, "conditions"), index), problems),
      ),
    groupBy: members.names("group_by", EVENT_FIELDS),
    measure: readMeasure(members, problems),
    windowSeconds: members.number("window_seconds"),
    threshold: members.number("threshold"),
    cooldownSeconds: members.number("cooldown_seconds", 0),
    evidence: members.oneOf("evidence", RULE_EVIDENCE, "verified", "verified"),
  };
  members.end();
  // Limits of what was read in place of a wrong value would be told of something that is not in the file.
  if (problems.length === before) {
    problems.push(...checkRule(rule, pointer));
  }
  return rule;
}

function readCondition(
  value: JsonValue,
  pointer: string,
  problems: PlacelessProblem[],
): RuleCondition {
  const members = new Members(value, pointer, problems);
  const condition: RuleCondition = {
    field: members.oneOf("field", EVENT_FIELDS, null, "agent"),
    operator: members.oneOf("operator", OPERATORS, null, "is"),
    values: members.texts("values"),
  };
  members.end();
  return condition;
}

function readMeasure(rule: Members, problems: PlacelessProblem[]): RuleMeasure {
  if (!rule.has("measure")) {
    rule.refuse("missing-member", "measure", "it has no measure", "add measure");
    rule.raw("measure");
    return { kind: "count" };
  }
  const members = new Members(rule.raw("measure"), childPointer(rule.pointer, "measure"), problems);
  const kind = members.oneOf("kind", MEASURES, null, "count");
  const measure = measureOf(kind, members);
  members.end();
  return measure;
}

function measureOf(kind: RuleMeasure["kind"], members: Members): RuleMeasure {
  switch (kind) {
    case "count":
      return { kind };
    case "distinct":
      return { kind, field: members.oneOf("field", EVENT_FIELDS, null, "agent") };
    case "ratio":
      return { kind, minimum: members.number("minimum") };
  }
}

/** Rules as a file of our own form: always the same text for the same rules. */
export function writeRuleFile(rules: readonly Rule[]): string {
  const document = {
    schema: RULE_FILE_SCHEMA,
    rules: rules.map((rule) => ({
      id: rule.id,
      name: rule.name,
      description: rule.description,
      severity: rule.severity,
      enabled: rule.isEnabled,
      conditions: rule.conditions.map(({ field, operator, values }) => ({
        field,
        operator,
        values,
      })),
      group_by: rule.groupBy,
      measure: measureJson(rule.measure),
      window_seconds: rule.windowSeconds,
      threshold: rule.threshold,
      cooldown_seconds: rule.cooldownSeconds,
      evidence: rule.evidence,
    })),
  };
  // Half a surrogate pair, out of a log, would make a file that no strict reader takes.
  const fit = (_: string, value: unknown): unknown =>
    typeof value === "string" ? value.replace(LONE_SURROGATE, "\ufffd") : value;
  return `${JSON.stringify(document, fit, 2)}\n`;
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

function measureJson(measure: RuleMeasure): RuleMeasure {
  switch (measure.kind) {
    case "count":
      return { kind: measure.kind };
    case "distinct":
      return { kind: measure.kind, field: measure.field };
    case "ratio":
      return { kind: measure.kind, minimum: measure.minimum };
  }
}

export function tooLong(text: string): RuleProblem {
  return {
    code: "text",
    line: null,
    pointer: "",
    detail: `the text has ${text.length} characters`,
    fix: `keep it within ${MAX_RULE_TEXT}`,
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}
