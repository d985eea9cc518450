-- What the agents of the matching denials were denied in the same time, give or take an hour, in the order of
-- the first denial of each; `within` says whether it is among the matching ones.
with denied as (
  select agent, scope, tool_name, min(timestamp) as first_second, max(timestamp) as last_second
  from matching_denials
  group by all
),
span as (
  select
    min(first_second)::hugeint - 3600 as from_second,
    max(last_second)::hugeint + 3600 as to_second
  from denied
),
tried as (
  select scope, tool_name, min(timestamp) as since
  from denials
  where evidence <> 'claim'
    and agent in (select agent from denied where agent <> '')
    and timestamp::hugeint >= (select from_second from span)
    and timestamp::hugeint <= (select to_second from span)
  group by all
)
select
  case when tried.scope <> '' then tried.scope else tried.tool_name end as value,
  min(tried.since)::double as first_second,
  bool_or(denied.tool_name is not null) as within,
  (select count(distinct tool_name) from tried)::double as tools,
  (
    select count(distinct tool_name)
    from tried
    where tool_name not in (select tool_name from denied)
  )::double as other_tools,
  (select count(distinct scope) from tried where scope <> '')::double as scopes
from tried
left join (select distinct scope, tool_name from denied) as denied
  on denied.scope = tried.scope and denied.tool_name = tried.tool_name
group by all
order by first_second, value
limit 12;
