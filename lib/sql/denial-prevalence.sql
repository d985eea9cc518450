-- The most frequent values of each field among the matching denials, and how often other receipts have them.
with own as (
  select
    row,
    timestamp,
    agent,
    scope,
    tool_name,
    topic,
    capability_id,
    service,
    policy_hash,
    consumer_group,
    message_key
  from matching_denials
),
counted as (
  select 'agent' as field, agent as value, count(*) as denials, count(row) as receipts
  from own
  group by agent
  union all
  select 'scope' as field, scope as value, count(*) as denials, count(row) as receipts
  from own
  group by scope
  union all
  select 'tool' as field, tool_name as value, count(*) as denials, count(row) as receipts
  from own
  group by tool_name
  union all
  select 'topic' as field, topic as value, count(*) as denials, count(row) as receipts
  from own
  group by topic
  union all
  select 'service' as field, service as value, count(*) as denials, count(row) as receipts
  from own
  group by service
  union all
  select 'policy' as field, policy_hash as value, count(*) as denials, count(row) as receipts
  from own
  group by policy_hash
  union all
  select 'group' as field, consumer_group as value, count(*) as denials, count(row) as receipts
  from own
  group by consumer_group
  union all
  select 'capability' as field, capability_id as value, count(*) as denials, count(row) as receipts
  from own
  group by capability_id
  union all
  select 'key' as field, message_key as value, count(*) as denials, count(row) as receipts
  from own
  group by message_key
),
listed as (
  select
    *,
    count(*) over (partition by field) as distinct_values,
    row_number() over (partition by field order by denials desc, value) as place
  from counted
  where value <> ''
  qualify place <= 5
),
began as (
  select min(timestamp) as first_second
  from own
),
agents as (
  select distinct agent
  from own
),
-- Fields of few values are counted in one pass over the receipts, the others by their listed values.
calls as (
  select
    agent,
    scope,
    tool_name,
    topic,
    service,
    policy_hash,
    consumer_group,
    count(*) filter (where decision = 'deny') as denied,
    count(*) filter (where decision = 'allow') as allowed,
    count(*) filter (where timestamp < (select first_second from began)) as before
  from receipts
  where copy_of is null
  group by all
),
elsewhere as (
  select
    'agent' as field,
    agent as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where agent in (select value from listed where field = 'agent')
  group by all
  union all
  select
    'scope' as field,
    scope as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where scope in (select value from listed where field = 'scope')
  group by all
  union all
  select
    'tool' as field,
    tool_name as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where tool_name in (select value from listed where field = 'tool')
  group by all
  union all
  select
    'topic' as field,
    topic as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where topic in (select value from listed where field = 'topic')
  group by all
  union all
  select
    'service' as field,
    service as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where service in (select value from listed where field = 'service')
  group by all
  union all
  select
    'policy' as field,
    policy_hash as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where policy_hash in (select value from listed where field = 'policy')
  group by all
  union all
  select
    'group' as field,
    consumer_group as value,
    agent,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before
  from calls
  where consumer_group in (select value from listed where field = 'group')
  group by all
  union all
  select
    'capability' as field,
    capability_id as value,
    agent,
    count(*) filter (where decision = 'deny') as denied,
    count(*) filter (where decision = 'allow') as allowed,
    count(*) filter (where timestamp < (select first_second from began)) as before
  from receipts
  where copy_of is null and capability_id in (select value from listed where field = 'capability')
  group by all
  union all
  select
    'key' as field,
    message_key as value,
    agent,
    count(*) filter (where decision = 'deny') as denied,
    count(*) filter (where decision = 'allow') as allowed,
    count(*) filter (where timestamp < (select first_second from began)) as before
  from receipts
  where copy_of is null and message_key in (select value from listed where field = 'key')
  group by all
),
summed as (
  select
    field,
    value,
    sum(denied) as denied,
    sum(allowed) as allowed,
    sum(before) as before,
    sum(before) filter (where agent in (select agent from agents)) as before_by_agents
  from elsewhere
  group by field, value
)
select
  listed.field,
  listed.value,
  listed.denials::double as denials,
  (coalesce(summed.denied, 0) - listed.receipts)::double as outside,
  coalesce(summed.allowed, 0)::double as allowed,
  coalesce(summed.before, 0)::double as before,
  coalesce(summed.before_by_agents, 0)::double as before_by_agents,
  listed.distinct_values::double as distinct_values
from listed
left join summed on summed.field = listed.field and summed.value = listed.value
order by listed.field, listed.place;
