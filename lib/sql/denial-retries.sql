-- Keys whose record was denied more than once, most often first; gaps in milliseconds where every record of
-- the key has a time, else from receipts' whole seconds.
with keys as (
  select
    message_key,
    topic,
    count(*) as denials,
    count(*) over () as every_key,
    sum(count(*)) over () as every_denial
  from matching_denials
  where message_key <> ''
  group by message_key, topic
  having count(*) > 1
  order by count(*) desc, message_key, topic
  limit 200
),
denied as (
  select
    keys.message_key,
    keys.topic,
    matching_denials.row,
    matching_denials.record,
    matching_denials.agent,
    matching_denials.timestamp
  from matching_denials
  join keys
    on keys.message_key = matching_denials.message_key and keys.topic = matching_denials.topic
),
letters as (
  select receipt_row, min(time_ms) as time_ms
  from dead_letters
  where receipt_row is not null
    and copy_of is null
    and receipt_row in (select row from denied where row is not null)
  group by receipt_row
),
claims as (
  select record, time_ms
  from dead_letters
  where record::ubigint in (select record from denied where row is null)
),
timed as (
  select
    denied.message_key,
    denied.topic,
    denied.agent,
    denied.timestamp,
    coalesce(letters.time_ms, claims.time_ms) as time_ms,
    bool_and(coalesce(letters.time_ms, claims.time_ms) is not null)
      over (partition by denied.message_key, denied.topic) as every_ms
  from denied
  left join letters on letters.receipt_row = denied.row
  left join claims on denied.row is null and claims.record::ubigint = denied.record
),
stepped as (
  select
    message_key,
    topic,
    agent,
    timestamp,
    every_ms,
    case when every_ms then time_ms::double else timestamp::double * 1000 end as at_ms,
    at_ms - lag(at_ms) over (partition by message_key, topic order by at_ms nulls last) as gap
  from timed
),
medians as (
  select
    message_key,
    topic,
    count(distinct agent) as agents,
    bool_and(every_ms) as every_ms,
    min(timestamp) as first_second,
    max(timestamp) as last_second,
    median(gap) as median_gap
  from stepped
  group by message_key, topic
),
evenness as (
  select
    stepped.message_key,
    stepped.topic,
    avg((abs(stepped.gap - medians.median_gap) <= 0.1 * medians.median_gap)::integer) as regular
  from stepped
  join medians
    on medians.message_key = stepped.message_key and medians.topic = stepped.topic
  where stepped.gap is not null
  group by all
)
select
  keys.message_key,
  keys.topic,
  keys.denials::double as denials,
  medians.agents::double as agents,
  medians.first_second::double as first_second,
  medians.last_second::double as last_second,
  medians.median_gap::double as median_gap,
  evenness.regular::double as regular,
  medians.every_ms as every_ms,
  keys.every_key::double as every_key,
  keys.every_denial::double as every_denial
from keys
join medians on medians.message_key = keys.message_key and medians.topic = keys.topic
left join evenness on evenness.message_key = keys.message_key and evenness.topic = keys.topic
order by keys.denials desc, keys.message_key, keys.topic;
