import type { EventField } from "@/lib/denials/model.ts";
import type { Rule, RuleCondition, RuleEvidence } from "@/lib/rules/model.ts";
import { sqlList, sqlLiteral } from "./sql-literal.ts";

/** The column of `denials` behind each fact that rules know of. */
const COLUMNS: Readonly<Record<EventField, string>> = {
  agent: "agent",
  service: "service",
  tool: "tool_name",
  scope: "scope",
  topic: "topic",
  guard: "guard",
  reason: "reason_pattern",
  capability: "capability_id",
  policy: "policy_hash",
  key: "message_key",
  group: "consumer_group",
};

/** What each level counts, as `countsAs` (lib/rules) has it. */
const COUNTED: Readonly<Record<RuleEvidence, readonly string[]>> = {
  verified: ["verified"],
  signed: ["verified", "self-consistent"],
  everything: ["verified", "self-consistent", "not-checked", "claim"],
};

/** Every decision with what it is worth: receipts once each, and claims, which are denials by their word. */
const DECISIONS = `decisions as (
  select
    timestamp, agent, service, tool_name, scope, topic, guard, reason_pattern, capability_id,
    policy_hash, message_key, consumer_group,
    decision = 'deny' as is_denied,
    case integrity
      when 'verified-not-checkpointed' then 'verified'
      when 'unsigned' then 'claim'
      else coalesce(integrity, 'not-checked')
    end as evidence
  from receipts
  where copy_of is null and decision <> 'none'
  union all
  select
    timestamp, agent, service, tool_name, scope, topic, guard, reason_pattern, capability_id,
    policy_hash, message_key, consumer_group,
    true,
    evidence
  from denials
  where row is null
)`;

/**
 * A rule's windows as one statement that runs in the workbench as it stands: every second at which a group
 * reaches the threshold, with the measure of its window. A second is judged as a whole, since times are whole
 * seconds, and cooldowns are not applied: what a rule holds back is listed here. Values stand in it as literals.
 */
export function ruleSql(rule: Rule): string {
  const isRatio = rule.measure.kind === "ratio";
  const columns = rule.groupBy.map((field) => COLUMNS[field]);
  const own = [...columns, ...measured(rule)].filter((name, at, all) => all.indexOf(name) === at);
  const conditions = [
    `evidence in ${sqlList(COUNTED[rule.evidence])}`,
    "timestamp is not null",
    ...rule.conditions.map(conditionSql),
  ];
  const list = (names: readonly string[], indent: string): string =>
    names.map((name) => `${indent}${name},\n`).join("");
  const partition = columns.length === 0 ? "" : `    partition by ${columns.join(", ")}\n`;
  const grouped = ["second", ...columns].join(", ");
  return `with ${isRatio ? `${DECISIONS}, ` : ""}counted as (
  select
${list(own, "    ")}    try_cast(timestamp as bigint) as second
  from ${isRatio ? "decisions" : "denials"}
  where ${conditions.join("\n    and ")}
), windows as (
  select
    second,
${list(columns, "    ")}    ${measureSql(rule)} as measure
  from counted
  window recent as (
${partition}    order by second
    range between ${sqlLiteral(rule.windowSeconds - 1)} preceding and current row
  )
)
select ${grouped}, max(measure) as measure
from windows
where measure >= ${sqlLiteral(rule.threshold)}
group by ${grouped}
order by ${grouped};
`;
}

function measured({ measure }: Rule): readonly string[] {
  switch (measure.kind) {
    case "count":
      return [];
    case "distinct":
      return [COLUMNS[measure.field]];
    case "ratio":
      return ["is_denied"];
  }
}

function measureSql({ measure }: Rule): string {
  switch (measure.kind) {
    case "count":
      return "count(*) over recent";
    case "distinct":
      // No value is none, and `count` leaves nulls out.
      return `count(distinct nullif(${COLUMNS[measure.field]}, '')) over recent`;
    case "ratio": {
      const least = sqlLiteral(measure.minimum);
      return `case when count(*) over recent >= ${least}
      then avg(is_denied::integer) over recent
      else 0
    end`;
    }
  }
}

function conditionSql({ field, operator, values }: RuleCondition): string {
  const column = COLUMNS[field];
  const any = (of: (literal: string) => string): string =>
    `(${values.map((value) => of(sqlLiteral(value))).join(" or ") || "false"})`;
  switch (operator) {
    case "is":
      return values.length === 0 ? "false" : `${column} in ${sqlList(values)}`;
    case "is-not":
      return values.length === 0 ? "true" : `${column} not in ${sqlList(values)}`;
    case "starts-with":
      return any((literal) => `starts_with(${column}, ${literal})`);
    case "ends-with":
      return any((literal) => `ends_with(${column}, ${literal})`);
    case "contains":
      return any((literal) => `contains(${column}, ${literal})`);
    case "matches":
      return any((literal) => `regexp_matches(${column}, ${literal})`);
  }
}
