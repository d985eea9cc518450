import { isObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { checkRule, MAX_RULES } from "./check-rule.ts";
import { Members } from "./members.ts";
import {
  RULE_EVIDENCE,
  type Rule,
  type RuleCondition,
  type RuleMeasure,
  SEVERITIES,
} from "./model.ts";
import type { PlacelessProblem, RuleProblem } from "./problem.ts";
import { conditionsOf } from "./sigma-detection.ts";
import {
  fieldOfSigma,
  SIGMA_EXTRA,
  SIGMA_FIELDS,
  SIGMA_LOGSOURCE,
  sigmaId,
} from "./sigma-names.ts";

/** One document of a YAML file, and the line at which it begins. */
export interface RuleDocument {
  readonly value: JsonValue;
  readonly line: number;
}

export interface ReadRules {
  readonly rules: readonly Rule[];
  /** What was read and not kept, and what was taken where the file says nothing; sentences. */
  readonly notes: readonly string[];
}

/** Members that tell about a rule and change nothing of what it does. */
const TOLD = (
  "status author references reference date modified tags falsepositives license related " +
  "fields taxonomy sigma-version"
).split(" ");
const TYPES = ["event_count", "value_count"] as const;
const TIMESPAN = /^([0-9]{1,9})([smhd])$/u;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * The rules of Sigma documents: correlations of the types `event_count` and `value_count`, each over one base
 * rule of the same file. What this app does not do is refused with its place, never left out.
 */
export function rulesOfSigma(
  documents: readonly RuleDocument[],
): Result<ReadRules, readonly RuleProblem[]> {
  return new SigmaFile(documents).read();
}

interface Base {
  readonly conditions: readonly RuleCondition[];
  isUsed: boolean;
  readonly line: number;
}

class SigmaFile {
  readonly #documents: readonly RuleDocument[];
  readonly #problems: RuleProblem[] = [];
  readonly #notes = new Set<string>();
  readonly #bases = new Map<string, Base>();

  constructor(documents: readonly RuleDocument[]) {
    this.#documents = documents;
  }

  read(): Result<ReadRules, readonly RuleProblem[]> {
    const isCorrelation = ({ value }: RuleDocument): boolean =>
      isObject(value) && member(value, "correlation") !== undefined;
    const correlations = this.#documents.filter(isCorrelation);
    for (const document of this.#documents) {
      if (!isCorrelation(document)) {
        this.#at(document, (problems) => this.#readBase(document, problems));
      }
    }
    if (correlations.length > MAX_RULES) {
      const fix = `keep at most ${MAX_RULES} in a file`;
      this.#refuse(1, { code: "out-of-range", pointer: "", detail: "too many rules", fix });
      return err(this.#problems);
    }
    const rules = correlations.map((document) =>
      this.#at(document, (problems) => this.#readCorrelation(document.value, problems)),
    );
    this.#checkUse(rules);
    return this.#problems.length === 0
      ? ok({ rules, notes: [...this.#notes] })
      : err(this.#problems);
  }

  #at<T>({ line }: RuleDocument, read: (problems: PlacelessProblem[]) => T): T {
    const problems: PlacelessProblem[] = [];
    const value = read(problems);
    for (const problem of problems) {
      this.#refuse(line, problem);
    }
    return value;
  }

  #refuse(line: number, problem: PlacelessProblem): void {
    this.#problems.push({ ...problem, line });
  }

  #checkUse(rules: readonly Rule[]): void {
    for (const { isUsed, line } of new Set(this.#bases.values())) {
      if (!isUsed) {
        const detail = "no correlation refers to this rule";
        const fix = "add a correlation of the type event_count or value_count";
        this.#refuse(line, { code: "sigma-unsupported", pointer: "", detail, fix });
      }
    }
    const known = new Set<string>();
    for (const { id } of rules) {
      if (known.has(id)) {
        const detail = `two correlations have the id ${JSON.stringify(id.slice(0, 64))}`;
        this.#refuse(1, { code: "duplicate", pointer: "/id", detail, fix: "give each its own" });
      }
      known.add(id);
    }
  }

  #readBase({ value, line }: RuleDocument, problems: PlacelessProblem[]): void {
    const members = new Members(value, "", problems);
    for (const [name, detail] of UNSUPPORTED_DOCUMENTS) {
      if (members.has(name)) {
        members.refuse("sigma-unsupported", name, detail, "write rules and correlations out");
        return;
      }
    }
    this.#told(members, ["title", "description", "level"]);
    const ids = ["id", "name"].flatMap((name) => (members.has(name) ? [members.text(name)] : []));
    const logsource = new Members(members.raw("logsource"), "/logsource", problems);
    for (const name of ["product", "service"] as const) {
      if (logsource.raw(name) !== SIGMA_LOGSOURCE[name]) {
        const fix = `write ${name}: ${SIGMA_LOGSOURCE[name]}`;
        logsource.refuse("sigma-unsupported", name, "only denials of this app are here", fix);
      }
    }
    logsource.end();
    const base: Base = {
      conditions: conditionsOf(members.raw("detection"), problems),
      isUsed: false,
      line,
    };
    members.end();
    for (const id of ids) {
      if (this.#bases.has(id)) {
        const fix = "give each its own name and id";
        members.refuse("duplicate", "name", "another rule of the file is called so", fix);
      }
      this.#bases.set(id, base);
    }
    if (ids.length === 0) {
      members.refuse("missing-member", "name", "it has neither name nor id", "add a name");
    }
  }

  #readCorrelation(value: JsonValue, problems: PlacelessProblem[]): Rule {
    const members = new Members(value, "", problems);
    this.#told(members, []);
    for (const name of ["detection", "logsource"]) {
      if (members.has(name)) {
        const fix = "write it as a document of its own";
        members.refuse("sigma-unsupported", name, "a correlation with a rule in it", fix);
        members.raw(name);
      }
    }
    if (members.flag("generate", false)) {
      const fix = "remove generate, or write a correlation of one event";
      members.refuse("sigma-unsupported", "generate", "the base rule is to fire by itself", fix);
    }
    if (members.has("name")) {
      members.text("name");
    }
    const name = members.text("title");
    const id = members.text("id", sigmaId(`sigma/${name}`));
    const description = members.text("description", "");
    const severity = members.oneOf("level", SEVERITIES, "medium", "medium");
    const counted = this.#readCounting(members, problems);
    const extra = this.#readExtra(
      members,
      { name, id, windowSeconds: counted.windowSeconds },
      problems,
    );
    members.end();
    const rule: Rule = { name, description, severity, ...counted, ...extra };
    if (problems.length === 0) {
      for (const { pointer, detail, ...problem } of checkRule(rule, "")) {
        problems.push({ ...problem, pointer: "", detail: `${pointer.slice(1)}: ${detail}` });
      }
    }
    return rule;
  }

  /** Keeps members in the notes that only tell about the rule. */
  #told(members: Members, alsoTold: readonly string[]): void {
    for (const name of TOLD) {
      if (members.raw(name) !== undefined && name !== "status") {
        this.#notes.add(`${name} is not kept.`);
      }
    }
    for (const name of alsoTold) {
      members.raw(name);
    }
  }

  #readCounting(
    rule: Members,
    problems: PlacelessProblem[],
  ): Pick<Rule, "conditions" | "groupBy" | "measure" | "windowSeconds" | "threshold"> {
    const members = new Members(rule.raw("correlation"), "/correlation", problems);
    const given = members.raw("type");
    const type = TYPES.find((each) => each === given);
    if (type === undefined) {
      const shown =
        typeof given === "string" ? `the type ${JSON.stringify(given.slice(0, 40))}` : "this";
      members.refuse(
        "sigma-unsupported",
        "type",
        `${shown} is not done here`,
        `use ${TYPES.join(" or ")}`,
      );
    }
    if (members.has("aliases")) {
      members.raw("aliases");
      const fix = "use the fields of one base rule";
      members.refuse("sigma-unsupported", "aliases", "aliases are not read", fix);
    }
    const conditions = this.#baseOf(members);
    const groupBy = members.texts("group-by").flatMap((name, index) => {
      const field = fieldOfSigma(name);
      if (field === null) {
        const pointer = `/correlation/group-by/${index}`;
        const detail = "the field is not known";
        problems.push({ code: "unknown-name", pointer, detail, fix: KNOWN_FIELDS });
      }
      return field === null ? [] : [field];
    });
    const span = TIMESPAN.exec(members.text("timespan"));
    if (span === null && members.has("timespan")) {
      members.refuse(
        "out-of-range",
        "timespan",
        "this is no span",
        "write a number and s, m, h or d",
      );
    }
    const windowSeconds = Number(span?.[1] ?? 1) * (SECONDS[span?.[2] ?? "s"] ?? 1);
    const { threshold, measure } = readThreshold(members, type ?? "event_count", problems);
    members.end();
    return { conditions, groupBy, measure, windowSeconds, threshold };
  }

  #baseOf(members: Members): readonly RuleCondition[] {
    const [name, second] = members.texts("rules");
    if (name === undefined || second !== undefined) {
      members.refuse(
        "sigma-unsupported",
        "rules",
        "only one base rule is read",
        "refer to one rule",
      );
      return [];
    }
    const base = this.#bases.get(name);
    if (base === undefined) {
      const fix = "write the base rule into the same file, with this name or id";
      members.refuse("sigma-unsupported", "rules", "no rule of the file is called so", fix);
      return [];
    }
    base.isUsed = true;
    return base.conditions;
  }

  /** What Sigma has no word for: as we wrote it, else usual values, which the notes name. */
  #readExtra(
    rule: Members,
    known: Pick<Rule, "id" | "name" | "windowSeconds">,
    problems: PlacelessProblem[],
  ): Pick<Rule, "id" | "isEnabled" | "cooldownSeconds" | "evidence"> {
    if (!rule.has(SIGMA_EXTRA)) {
      this.#notes.add("Repeats within one window are held back, and verified denials are counted.");
      const { id, windowSeconds } = known;
      return { id, isEnabled: true, cooldownSeconds: windowSeconds, evidence: "verified" };
    }
    const members = new Members(rule.raw(SIGMA_EXTRA), `/${SIGMA_EXTRA}`, problems);
    const extra = {
      id: members.text("id", known.id),
      isEnabled: members.flag("enabled", true),
      cooldownSeconds: members.number("cooldown_seconds", known.windowSeconds),
      evidence: members.oneOf("evidence", RULE_EVIDENCE, "verified", "verified"),
    };
    members.end();
    return extra;
  }
}

const KNOWN_FIELDS = `use one of ${Object.values(SIGMA_FIELDS).join(", ")}`;
const UNSUPPORTED_DOCUMENTS: readonly (readonly [string, string])[] = [
  ["filter", "Sigma filters are not read"],
  ["action", "documents with an action are the old way"],
];

/** `gte` or `gt`, and for distinct values the field that is counted. */
function readThreshold(
  correlation: Members,
  type: (typeof TYPES)[number],
  problems: PlacelessProblem[],
): { readonly threshold: number; readonly measure: RuleMeasure } {
  const condition = new Members(correlation.raw("condition"), "/correlation/condition", problems);
  for (const name of ["lt", "lte", "eq", "neq"]) {
    if (condition.raw(name) !== undefined) {
      condition.refuse("sigma-unsupported", name, "only gte and gt are done here", "use gte");
    }
  }
  const isOpen = condition.has("gt");
  if (isOpen && condition.has("gte")) {
    condition.refuse("sigma-unsupported", "gt", "both gt and gte", "use one of them");
  }
  const bound = condition.number(isOpen ? "gt" : "gte");
  const threshold = isOpen ? bound + 1 : bound;
  condition.raw("gte");
  let measure: RuleMeasure = { kind: "count" };
  if (type === "value_count") {
    const field = fieldOfSigma(condition.text("field"));
    if (field === null && condition.has("field")) {
      condition.refuse("unknown-name", "field", "the field is not known", KNOWN_FIELDS);
    }
    measure = { kind: "distinct", field: field ?? "agent" };
  }
  condition.end();
  return { threshold, measure };
}
