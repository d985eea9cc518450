-- The first time that an agent asked for a scope or tool, where that was denied; latest first.
with calls as (
  select
    agent,
    scope,
    tool_name,
    min(timestamp) as first_second,
    min(timestamp) filter (where decision = 'deny') as first_denied,
    count(*) filter (where decision = 'allow') as allowed
  from receipts
  where copy_of is null and agent <> '' and timestamp is not null
  group by all
),
pairs as (
  select
    'scope' as kind,
    agent,
    scope as value,
    min(first_second) as first_second,
    min(first_denied) as first_denied,
    sum(allowed) as allowed
  from calls
  where scope <> ''
  group by all
  union all
  select
    'tool' as kind,
    agent,
    tool_name as value,
    min(first_second) as first_second,
    min(first_denied) as first_denied,
    sum(allowed) as allowed
  from calls
  where tool_name <> ''
  group by all
),
agents as (
  select agent, min(first_second) as agent_first
  from calls
  group by agent
),
denied as (
  select agent, scope, tool_name, count(*) as denials
  from matching_denials
  where row is not null
  group by all
),
counted as (
  select 'scope' as kind, agent, scope as value, sum(denials) as denials
  from denied
  group by all
  union all
  select 'tool' as kind, agent, tool_name as value, sum(denials) as denials
  from denied
  group by all
)
select
  pairs.kind,
  pairs.agent,
  pairs.value,
  pairs.first_second::double as first_second,
  agents.agent_first::double as agent_first,
  counted.denials::double as denials,
  pairs.allowed::double as allowed,
  (count(*) over ())::double as distinct_pairs
from pairs
join agents on agents.agent = pairs.agent
join counted
  on counted.kind = pairs.kind and counted.agent = pairs.agent and counted.value = pairs.value
where pairs.first_denied = pairs.first_second
order by pairs.first_second desc, pairs.agent, pairs.kind, pairs.value
limit 200;
