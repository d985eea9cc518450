import type { Recipe } from "./recipes.ts";

export const DENIALS_RECIPES: readonly Recipe[] = [
  {
    id: "denials-by-pattern",
    title: "Denials by pattern",
    note: "Who was refused what, and why",
    sql: `-- A pattern is a guard, a tool and a reason whose particulars are masked.
select
  guard,
  tool_name,
  reason_pattern,
  count(*) as denials,
  count(distinct agent) as agents,
  count(distinct scope) as scopes,
  to_timestamp(min(timestamp))::timestamp as first_seen,
  to_timestamp(max(timestamp))::timestamp as last_seen,
  count(*) filter (evidence = 'verified') as verified
from denials
where evidence <> 'claim'
group by all
order by denials desc;
`,
  },
  {
    id: "sliding-scopes",
    title: "Scopes per agent in any 10 minutes",
    note: "A window that slides, not clock buckets",
    sql: `-- Distinct scopes that one agent was refused within 10 minutes, whenever they begin.
with windows as (
  select
    agent,
    timestamp,
    list_unique(list(scope) over (
      partition by agent
      order by timestamp::bigint
      range between 599 preceding and current row
    )) as scopes
  from denials
  where evidence <> 'claim' and timestamp is not null
)
select agent, max(scopes) as most_scopes, to_timestamp(arg_max(timestamp, scopes))::timestamp as at
from windows
group by agent
order by most_scopes desc, agent;
`,
  },
  {
    id: "first-seen-scope",
    title: "First time a scope was asked for",
    note: "By which agent, and how it went on",
    sql: `-- The first receipt of each agent and scope, and what became of later ones.
select
  agent,
  scope,
  to_timestamp(min(timestamp))::timestamp as first_seen,
  arg_min(decision, timestamp) as first_decision,
  count(*) as receipts,
  count(*) filter (decision = 'deny') as denied
from receipts
where copy_of is null and scope <> ''
group by agent, scope
order by first_seen desc;
`,
  },
  {
    id: "deny-then-allow",
    title: "Denied, then allowed",
    note: "The same agent and scope within five minutes",
    sql: `-- A refusal that is followed by a permission: a repair, or somebody who tries until it works.
with ordered as (
  select
    agent, scope, decision, timestamp, id,
    lead(decision) over every_scope as next_decision,
    lead(timestamp) over every_scope as next_timestamp,
    lead(id) over every_scope as next_id
  from receipts
  where copy_of is null and timestamp is not null
  window every_scope as (partition by agent, scope order by timestamp, row)
)
select
  agent,
  scope,
  to_timestamp(timestamp)::timestamp as denied_at,
  next_timestamp - timestamp as seconds_until_allowed,
  id as denied,
  next_id as allowed
from ordered
where decision = 'deny' and next_decision = 'allow' and next_timestamp - timestamp <= 300
order by denied_at;
`,
  },
  {
    id: "retries",
    title: "Retries of one key",
    note: "The same message refused again and again",
    sql: `-- How often the same key was refused, and how regularly: a fixed pause is a program's loop.
with steps as (
  select
    agent, message_key, timestamp,
    timestamp::bigint - lag(timestamp::bigint) over (
      partition by agent, message_key order by timestamp
    ) as pause
  from denials
  where message_key <> '' and timestamp is not null
)
select
  agent,
  message_key,
  count(*) as denials,
  min(pause) as shortest_pause,
  median(pause) as median_pause,
  max(pause) as longest_pause
from steps
group by agent, message_key
having count(*) > 1
order by denials desc;
`,
  },
  {
    id: "policy-boundaries",
    title: "Changes of policy",
    note: "When another policy hash began",
    sql: `-- Each policy hash with its first and last receipt and the share that it refused.
select
  policy_hash,
  to_timestamp(min(timestamp))::timestamp as first_seen,
  to_timestamp(max(timestamp))::timestamp as last_seen,
  count(*) as receipts,
  count(*) filter (decision = 'deny') as denied,
  round(100.0 * count(*) filter (decision = 'deny') / count(*), 1) as denied_percent
from receipts
where copy_of is null
group by policy_hash
order by first_seen;
`,
  },
  {
    id: "denials-per-hour",
    title: "Denials per hour",
    note: "By guard, as a chart would count them",
    sql: `-- Whole hours of UTC. Draw it: bars, x hour, y denials, colour guard.
select
  to_timestamp(timestamp - timestamp % 3600)::timestamp as hour,
  guard,
  count(*) as denials
from denials
where evidence <> 'claim' and timestamp is not null
group by all
order by hour, guard;
`,
  },
  {
    id: "bursts",
    title: "Bursts",
    note: "The busiest five minutes of each agent",
    sql: `-- Denials of one agent in the five minutes before each of them; the greatest is its burst.
with windows as (
  select
    agent,
    timestamp,
    count(*) over (
      partition by agent order by timestamp::bigint range between 299 preceding and current row
    ) as denials
  from denials
  where evidence <> 'claim' and timestamp is not null
)
select agent, max(denials) as burst, to_timestamp(arg_max(timestamp, denials))::timestamp as until
from windows
group by agent
order by burst desc;
`,
  },
  {
    id: "top-agents",
    title: "Agents by denials",
    note: "With the share of what they asked that was refused",
    sql: `-- Receipts and denials of each agent.
select
  agent,
  count(*) as receipts,
  count(*) filter (decision = 'deny') as denied,
  round(100.0 * count(*) filter (decision = 'deny') / count(*), 1) as denied_percent,
  count(distinct tool_name) as tools
from receipts
where copy_of is null
group by agent
order by denied desc;
`,
  },
  {
    id: "spread",
    title: "Patterns that spread",
    note: "The same refusal at several agents",
    sql: `-- Patterns by how many agents met them: one agent looks for something, many have lost something.
select
  guard,
  reason_pattern,
  count(distinct agent) as agents,
  count(*) as denials,
  max(timestamp) - min(timestamp) as seconds
from denials
where evidence <> 'claim'
group by all
order by agents desc, denials desc;
`,
  },
  {
    id: "cost-refused",
    title: "Cost of refused calls",
    note: "By currency and guard",
    sql: `-- Sums are whole units of the currency's smallest part.
select
  cost_currency,
  guard,
  count(*) as denials,
  sum(cost_units) as units_refused
from denials
where cost_units is not null
group by all
order by units_refused desc;
`,
  },
  {
    id: "consumer-groups",
    title: "Consumer groups",
    note: "What each of them was refused",
    sql: `-- Empty groups are calls of tools.
select
  consumer_group,
  count(*) as denials,
  count(distinct agent) as agents,
  count(distinct scope) as scopes,
  sum(cost_units) as units_refused
from denials
group by consumer_group
order by denials desc;
`,
  },
  {
    id: "claims",
    title: "Claims",
    note: "Dead letters that no signed receipt proves",
    sql: `-- Anybody who may write to the topic can make one, so they are counted apart.
select
  record,
  file,
  line,
  receipt_id,
  agent,
  scope,
  reason
from dead_letters
where is_claim and copy_of is null
order by record;
`,
  },
  {
    id: "letters-differ",
    title: "Dead letters that do not agree",
    note: "With themselves, or with the receipt",
    sql: `-- Which facts of a dead letter differ from one another.
select
  record,
  file,
  line,
  receipt_id,
  ids,
  verdicts,
  coordinates,
  headers,
  payload
from dead_letters
where 'differ' in (ids, verdicts, coordinates, headers, payload)
order by record;
`,
  },
  {
    id: "fidelity",
    title: "What each export kept",
    note: "Exact, text or lossy, by form",
    sql: `-- A lossy export lost octets of the record, so nothing can be said of what it held.
select form, fidelity, count(*) as records, count(distinct file) as files
from dead_letters
group by all
order by records desc;
`,
  },
  {
    id: "failures",
    title: "Processing failures",
    note: "What Kafka Connect gave up on: no denials",
    sql: `-- Exceptions by class; these say nothing about permission.
select failure, topic, count(*) as records, min(record_offset) as first, max(record_offset) as last
from dead_letters
where kind = 'failure'
group by all
order by records desc;
`,
  },
];
