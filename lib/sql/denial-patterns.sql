-- Patterns, most frequent first: who, what, since when, and how they spread over 48 equal parts of the time.
with kinds as (
  select
    kind,
    guard,
    tool_name as tool,
    scope,
    agent,
    reason_pattern as reason,
    evidence,
    denials,
    first_second,
    last_second
  from kinds_and_claims
),
keyed as (
  select
    *,
    getvariable('denial_filter')['claims'] or evidence <> 'claim' as admitted,
    case when getvariable('denial_parts')['guard'] then guard end as key_guard,
    case when getvariable('denial_parts')['tool'] then tool end as key_tool,
    case when getvariable('denial_parts')['scope'] then scope end as key_scope,
    case when getvariable('denial_parts')['agent'] then agent end as key_agent,
    case when getvariable('denial_parts')['reason'] then reason end as key_reason
  from kinds
),
counted as (
  select
    key_guard,
    key_tool,
    key_scope,
    key_agent,
    key_reason,
    coalesce(sum(denials) filter (where admitted), 0) as denials,
    coalesce(sum(denials) filter (where evidence = 'verified'), 0) as verified,
    coalesce(sum(denials) filter (where evidence = 'claim'), 0) as claims,
    count(distinct agent) filter (where admitted and agent <> '') as agents,
    count(distinct scope) filter (where admitted and scope <> '') as scopes,
    count(distinct tool) filter (where admitted and tool <> '') as tools,
    min(first_second) filter (where admitted) as first_second,
    max(last_second) filter (where admitted) as last_second
  from keyed
  group by all
),
listed as (
  select
    *,
    row_number() over (
      order by denials desc, key_guard, key_tool, key_scope, key_agent, key_reason
    ) as place,
    sum(denials) over () as total,
    count(*) over () as distinct_patterns,
    min(first_second) over () as range_from,
    max(last_second) over () as range_to
  from counted
  where denials > 0
  qualify place <= 500
),
members as (
  select
    listed.place::usmallint as place,
    keyed.kind,
    keyed.guard,
    keyed.tool,
    keyed.scope,
    keyed.agent,
    keyed.denials
  from keyed
  join listed
    on keyed.key_guard is not distinct from listed.key_guard
    and keyed.key_tool is not distinct from listed.key_tool
    and keyed.key_scope is not distinct from listed.key_scope
    and keyed.key_agent is not distinct from listed.key_agent
    and keyed.key_reason is not distinct from listed.key_reason
  where keyed.admitted
),
ranked as (
  select
    *,
    row_number() over (partition by place, field order by denials desc, value) as rank
  from (
    select place, 'guard' as field, guard as value, sum(denials) as denials
    from members
    group by place, guard
    union all
    select place, 'tool' as field, tool as value, sum(denials) as denials
    from members
    group by place, tool
    union all
    select place, 'scope' as field, scope as value, sum(denials) as denials
    from members
    group by place, scope
    union all
    select place, 'agent' as field, agent as value, sum(denials) as denials
    from members
    group by place, agent
  )
),
tops as (
  select
    place,
    max(value) filter (where field = 'guard') as top_guard,
    max(value) filter (where field = 'tool') as top_tool,
    max(value) filter (where field = 'scope') as top_scope,
    max(value) filter (where field = 'agent') as top_agent
  from ranked
  where rank = 1
  group by place
),
-- Whole numbers alone: a million of them are divided in a third of the time that fractions take. Times that lie
-- further apart than their number times 48 can be written are told apart by 1,024 seconds.
span as (
  select
    any_value(range_from) as range_from,
    any_value(range_to) as range_to,
    (case when any_value(range_to) - any_value(range_from) >= 2 ** 57 then 1024 else 1 end)::ubigint as unit
  from listed
),
-- By kind, and only then by pattern: a million moments are grouped without a look-up.
moments as (
  select
    kind,
    (
      (timestamp - range_from) // unit * 48 // ((range_to - range_from) // unit + 1)
    )::utinyint as part,
    count(*) as denials
  from matching_moments
  cross join span
  where timestamp is not null
  group by all
),
parts as (
  select members.place, moments.part, sum(moments.denials) as denials
  from moments
  join members on members.kind = moments.kind
  group by all
),
sparks as (
  select place, string_agg(part || ':' || denials, ',' order by part) as spark
  from parts
  group by place
)
select
  listed.key_guard as guard,
  listed.key_tool as tool,
  listed.key_scope as scope,
  listed.key_agent as agent,
  listed.key_reason as reason_pattern,
  listed.denials::double as denials,
  (listed.denials / listed.total)::double as share,
  listed.verified::double as verified,
  listed.claims::double as claims,
  listed.agents::double as agents,
  listed.scopes::double as scopes,
  listed.tools::double as tools,
  tops.top_guard,
  tops.top_agent,
  tops.top_tool,
  tops.top_scope,
  listed.first_second::double as first_second,
  listed.last_second::double as last_second,
  coalesce(sparks.spark, '') as spark,
  listed.distinct_patterns::double as distinct_patterns,
  listed.range_from::double as range_from,
  listed.range_to::double as range_to
from listed
join tops on tops.place = listed.place
left join sparks on sparks.place = listed.place
order by listed.place;
