-- The most frequent values of one column among the matching denials, and how often other receipts have them.
with counted as (
  select
    case getvariable('facet')
      when 'agent' then agent
      when 'scope' then scope
      when 'tool' then tool_name
      when 'topic' then topic
      when 'capability' then capability_id
      when 'service' then service
      when 'policy' then policy_hash
      when 'group' then consumer_group
      when 'key' then message_key
    end as value,
    count(*) as denials,
    count(row) as receipts
  from matching_denials
  group by all
),
listed as (
  select *, count(*) over () as distinct_values
  from counted
  where value <> ''
  order by denials desc, value
  limit 5
),
began as (
  select min(timestamp) as first_second
  from matching_denials
),
agents as (
  select distinct agent
  from matching_denials
),
elsewhere as (
  select
    value,
    decision,
    agent,
    count(*) as receipts,
    count(*) filter (where timestamp < (select first_second from began)) as before
  from (
    select
      case getvariable('facet')
        when 'agent' then agent
        when 'scope' then scope
        when 'tool' then tool_name
        when 'topic' then topic
        when 'capability' then capability_id
        when 'service' then service
        when 'policy' then policy_hash
        when 'group' then consumer_group
        when 'key' then message_key
      end as value,
      decision,
      agent,
      timestamp
    from receipts
    where copy_of is null
  )
  where value in (select value from listed)
  group by all
),
summed as (
  select
    value,
    sum(receipts) filter (where decision = 'deny') as denied,
    sum(receipts) filter (where decision = 'allow') as allowed,
    sum(before) as before,
    sum(before) filter (where agent in (select agent from agents)) as before_by_agents
  from elsewhere
  group by value
)
select
  listed.value,
  listed.denials::double as denials,
  (coalesce(summed.denied, 0) - listed.receipts)::double as outside,
  coalesce(summed.allowed, 0)::double as allowed,
  coalesce(summed.before, 0)::double as before,
  coalesce(summed.before_by_agents, 0)::double as before_by_agents,
  listed.distinct_values::double as distinct_values
from listed
left join summed on summed.value = listed.value
order by listed.denials desc, listed.value;
