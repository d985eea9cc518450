-- Message keys of the matching denials that were denied again, and how even the time between is; in
-- milliseconds where every record has a time, else from receipts' whole seconds.
with denied as (
  select row, record, message_key, topic, timestamp
  from matching_denials
  where message_key <> ''
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
    denied.timestamp,
    coalesce(letters.time_ms, claims.time_ms) as time_ms,
    bool_and(coalesce(letters.time_ms, claims.time_ms) is not null) over () as every_ms
  from denied
  left join letters on letters.receipt_row = denied.row
  left join claims on denied.row is null and claims.record::ubigint = denied.record
),
stepped as (
  select
    message_key,
    topic,
    every_ms,
    case when every_ms then time_ms::double else timestamp::double * 1000 end as at_ms,
    at_ms - lag(at_ms) over (partition by message_key, topic order by at_ms nulls last) as gap
  from timed
),
middle as (
  select median(gap) as median_gap
  from stepped
)
select
  (count(distinct (message_key, topic)) filter (where gap is not null))::double as keys,
  count(gap)::double as gaps,
  (select median_gap from middle)::double as median_gap,
  avg(
    case
      when gap is not null
        then (abs(gap - (select median_gap from middle)) <= 0.1 * (select median_gap from middle))::integer
    end
  )::double as regular,
  coalesce(bool_and(every_ms), false) as every_ms
from stepped;
