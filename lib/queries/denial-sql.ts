import { QUESTIONS } from "@/lib/sql/statements.ts";
import type { DenialFacet, DenialFilter } from "./denial-model.ts";
import { DENIAL_FACETS, PATTERN_PARTS } from "./denial-model.ts";
import type { DenialQuestion } from "./denial-questions.ts";
import { MOST_ROWS } from "./model.ts";
import { sqlList, sqlLiteral } from "./sql-literal.ts";
import { type WrittenView, writtenSql } from "./written-sql.ts";

/** The column of `denials` behind each facet. */
export const DENIAL_COLUMNS: Readonly<Record<DenialFacet, string>> = {
  guard: "guard",
  agent: "agent",
  scope: "scope",
  tool: "tool_name",
  topic: "topic",
  evidence: "evidence",
  policy: "policy_hash",
  reason: "reason_pattern",
  group: "consumer_group",
  service: "service",
  file: "file",
};
const SEARCHED = ["agent", "tool_name", "scope", "topic", "guard", "reason", "id"];

/** Denials that have all of these in common are of one kind (lib/sql/index-denials.sql). */
const KIND_COLUMNS = DENIAL_FACETS.map((facet) => DENIAL_COLUMNS[facet]);
const KIND = `(${KIND_COLUMNS.join(", ")})`;

/**
 * A question about denials as one statement that runs in the workbench as it stands and gives the rows that the
 * question gives. Values stand in it as literals.
 */
export function denialSql(question: DenialQuestion): string {
  const { filter } = question;
  const variables = new Map<string, string | number | boolean | null>([
    ["denial_filter.claims", filter.claims],
  ]);
  for (const { name, parameters } of question.settings) {
    const [first, second] = parameters;
    if (name === "setBin") {
      variables.set("bin", first ?? null);
    } else if (name === "setFacet") {
      variables.set("facet", first ?? null);
    } else if (name === "setSort") {
      variables.set("sort", first ?? null);
    } else if (name === "setDenialWindow") {
      variables.set("denial_window", first ?? null);
    } else if (name === "setDenialMatrix") {
      variables.set("denial_matrix.row", first ?? null);
      variables.set("denial_matrix.column", second ?? null);
    } else if (name === "setDenialParts") {
      for (const [at, part] of PATTERN_PARTS.entries()) {
        variables.set(`denial_parts.${part}`, parameters[at] === "yes");
      }
    }
  }
  return writtenSql(QUESTIONS[question.name], variables, views(filter));
}

function views(filter: DenialFilter): readonly WrittenView[] {
  const source = (filter.masks ?? 0) > 0 ? "masked_denials" : "denials";
  const conditions = denialConditions(filter);
  const restricted = conditions.length === 0 ? "" : `\n  where ${conditions.join("\n    and ")}`;
  const admitted = filter.claims ? [] : ["evidence <> 'claim'"];
  const matching = [...conditions, ...admitted];
  const where = matching.length === 0 ? "" : `\n  where ${matching.join("\n    and ")}`;
  return [
    { name: "denials_and_claims", text: `select *\n  from ${source}${restricted}` },
    { name: "matching_denials", text: `select *\n  from ${source}${where}` },
    { name: "kinds_and_claims", text: kindsOf(`${source}${restricted}`) },
    { name: "matching_kinds", text: kindsOf(`${source}${where}`) },
    {
      name: "matching_moments",
      text: `select ${KIND} as kind, timestamp, guard\n  from ${source}${where}`,
    },
    {
      name: "every_denial",
      text: "select evidence, count(*) as denials\n  from denials\n  group by evidence",
    },
  ];
}

/** What the page keeps an index of, counted from the denials themselves: the same numbers, in more time. */
function kindsOf(source: string): string {
  return `select
    ${KIND} as kind,
    ${KIND_COLUMNS.join(", ")},
    count(*) as denials,
    count(row) as receipts,
    count(timestamp) as timed,
    min(timestamp) as first_second,
    max(timestamp) as last_second
  from ${source}
  group by all`;
}

/** What a filter restricts, as conditions on the columns of `denials`; claims are not among them. */
export function denialConditions(filter: DenialFilter): readonly string[] {
  const conditions: string[] = [];
  if (filter.time !== null) {
    conditions.push(
      `timestamp >= ${sqlLiteral(second(filter.time.from))}`,
      `timestamp < ${sqlLiteral(second(filter.time.to))}`,
    );
  }
  for (const facet of DENIAL_FACETS) {
    const wanted = filter.include[facet] ?? [];
    const unwanted = filter.exclude[facet] ?? [];
    if (wanted.length > 0) {
      conditions.push(`${DENIAL_COLUMNS[facet]} in ${sqlList(wanted)}`);
    }
    if (unwanted.length > 0) {
      conditions.push(`${DENIAL_COLUMNS[facet]} not in ${sqlList(unwanted)}`);
    }
  }
  if (filter.rows !== undefined) {
    const number = "case when row is null then -1 - record::bigint else row::bigint end";
    conditions.push(`${number} in (${numbers(filter.rows)})`);
  }
  const text = filter.text.trim();
  if (text !== "") {
    conditions.push(anyHolds(SEARCHED, text));
  }
  return conditions;
}

/** The same rows as the bound filter takes. */
export function numbers(rows: readonly number[]): string {
  return rows.slice(0, MOST_ROWS).map(sqlLiteral).join(", ");
}

/** Whether any of the columns holds the text, whatever the case. */
export function anyHolds(columns: readonly string[], text: string): string {
  const wanted = `lower(${sqlLiteral(text)})`;
  const tests = columns.map((column) => `contains(lower(${column}), ${wanted})`);
  return `(\n      ${tests.join("\n      or ")}\n    )`;
}

function second(value: number): number {
  return Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
}
