import { ruleProblems } from "./check-rule.ts";
import type { Rule, RuleCondition } from "./model.ts";
import type { RuleProblem } from "./problem.ts";
import {
  SIGMA_EXTRA,
  SIGMA_FIELDS,
  SIGMA_LOGSOURCE,
  SIGMA_VERDICT,
  sigmaId,
} from "./sigma-names.ts";
import { escapeSigma, yamlText } from "./sigma-text.ts";

export interface SigmaText {
  /** YAML documents: for each rule a base rule and a correlation of it. */
  readonly text: string;
  /** Rules that are not in it, and why: Sigma has no correlation for a ratio. */
  readonly refused: readonly RuleProblem[];
}

/**
 * Rules as Sigma correlation rules (specification 2: `event_count` and `value_count`), which other tools run.
 * Values are written case-sensitive, as here. Cooldown and evidence, which Sigma cannot say, are in a member of
 * our own that its tools pass over. What cannot be said at all is refused by name, never left out in silence.
 */
export function writeSigma(rules: readonly Rule[]): SigmaText {
  const documents: string[] = [];
  const refused: RuleProblem[] = [];
  rules.forEach((rule, index) => {
    const problems = [...ruleProblems(rule), ...inexpressible(rule)];
    if (problems.length > 0) {
      for (const problem of problems) {
        refused.push({ ...problem, pointer: `/${index}${problem.pointer}` });
      }
    } else {
      documents.push(baseRule(rule), correlation(rule));
    }
  });
  return { text: documents.join("---\n"), refused };
}

function inexpressible({ measure }: Rule): readonly RuleProblem[] {
  return measure.kind === "ratio"
    ? [
        {
          code: "sigma-inexpressible",
          line: null,
          pointer: "/measure",
          detail: "Sigma correlations cannot say a ratio",
          fix: "count denials instead, or keep the rule in a file of our own form",
        },
      ]
    : [];
}

function baseName(rule: Rule): string {
  return `chio_${sigmaId(rule.id).replaceAll("-", "")}`;
}

function baseRule(rule: Rule): string {
  const selections = rule.conditions.flatMap((condition, index) => [
    `  c${index + 1}:`,
    ...selectionLines(condition),
  ]);
  const condition = [
    "denied",
    ...rule.conditions.map(
      ({ operator }, index) => `${operator === "is-not" ? "not " : ""}c${index + 1}`,
    ),
  ].join(" and ");
  return linesOf([
    `title: ${yamlText(`Denials for: ${rule.name}`.slice(0, MAX_TITLE))}`,
    `id: ${sigmaId(`${rule.id}/base`)}`,
    `name: ${baseName(rule)}`,
    "status: experimental",
    "logsource:",
    `  product: ${SIGMA_LOGSOURCE.product}`,
    `  service: ${SIGMA_LOGSOURCE.service}`,
    "detection:",
    "  denied:",
    `    ${SIGMA_VERDICT.field}: ${SIGMA_VERDICT.value}`,
    ...selections,
    `  condition: ${condition}`,
    "level: informational",
  ]);
}

/** Characters of a title, by the specification. */
const MAX_TITLE = 256;

function selectionLines({ field, operator, values }: RuleCondition): readonly string[] {
  const isPattern = operator === "matches";
  const isInsensitive = isPattern && values.every((value) => value.startsWith(INSENSITIVE));
  const modifiers = isPattern ? (isInsensitive ? "|re|i" : "|re") : MODIFIERS[operator];
  const said = (value: string): string =>
    isPattern ? value.slice(isInsensitive ? INSENSITIVE.length : 0) : escapeSigma(value);
  return [
    `    ${SIGMA_FIELDS[field]}${modifiers}:`,
    ...values.map((value) => `      - ${yamlText(said(value))}`),
  ];
}

const INSENSITIVE = "(?i)";
const MODIFIERS: Readonly<Record<Exclude<RuleCondition["operator"], "matches">, string>> = {
  is: "|cased",
  "is-not": "|cased",
  "starts-with": "|startswith|cased",
  "ends-with": "|endswith|cased",
  contains: "|contains|cased",
};

function correlation(rule: Rule): string {
  const { measure, groupBy } = rule;
  const fields = groupBy.map((field) => `    - ${SIGMA_FIELDS[field]}`);
  return linesOf([
    `title: ${yamlText(rule.name)}`,
    `id: ${sigmaId(rule.id)}`,
    "status: experimental",
    ...(rule.description === "" ? [] : [`description: ${yamlText(rule.description)}`]),
    "correlation:",
    `  type: ${measure.kind === "distinct" ? "value_count" : "event_count"}`,
    "  rules:",
    `    - ${baseName(rule)}`,
    ...(fields.length === 0 ? ["  group-by: []"] : ["  group-by:", ...fields]),
    `  timespan: ${timespan(rule.windowSeconds)}`,
    "  condition:",
    ...(measure.kind === "distinct" ? [`    field: ${SIGMA_FIELDS[measure.field]}`] : []),
    `    gte: ${rule.threshold}`,
    `level: ${rule.severity}`,
    `${SIGMA_EXTRA}:`,
    `  id: ${yamlText(rule.id)}`,
    `  enabled: ${rule.isEnabled}`,
    `  cooldown_seconds: ${rule.cooldownSeconds}`,
    `  evidence: ${rule.evidence}`,
  ]);
}

/** In the greatest unit that says it exactly. */
function timespan(seconds: number): string {
  if (seconds % 86_400 === 0) {
    return `${seconds / 86_400}d`;
  }
  if (seconds % 3600 === 0) {
    return `${seconds / 3600}h`;
  }
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

function linesOf(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
