-- The denials whose numbers are in variable `rows`, in its order: receipts by row, claims by -1 less record.
with wanted as (
  select unnest(getvariable('rows')) as number, unnest(range(len(getvariable('rows')))) as place
),
letters as (
  select receipt_row, min(record) as record
  from dead_letters
  where receipt_row in (select number::ubigint from wanted where number >= 0)
  group by receipt_row
),
statuses as (
  select receipt_status.row, receipt_status.integrity
  from wanted
  join receipt_status on receipt_status.row = wanted.number
)
select
  wanted.place,
  wanted.number::double as number,
  receipt.row::double as row,
  letters.record::double as record,
  case statuses.integrity
    when 'verified-not-checkpointed' then 'verified'
    when 'unsigned' then 'claim'
    else coalesce(statuses.integrity, 'not-checked')
  end as evidence,
  receipt.timestamp::double as timestamp,
  receipt.id,
  receipt.agent,
  receipt.service,
  receipt.tool_server,
  receipt.tool_name,
  receipt.scope,
  receipt.topic,
  receipt.guard,
  receipt.reason,
  coalesce(reason_mask.masked, receipt.reason_pattern) as reason_pattern,
  receipt.capability_id,
  receipt.policy_hash,
  receipt.message_key,
  receipt.consumer_group,
  receipt.cost_units::varchar as cost_units,
  receipt.cost_currency,
  receipt.source_partition::double as source_partition,
  receipt.source_offset::varchar as source_offset,
  receipt.file
from wanted
join receipt on receipt.row = wanted.number
left join statuses on statuses.row = wanted.number
left join letters on letters.receipt_row = receipt.row
left join reason_mask on reason_mask.reason = receipt.reason
union all
select
  wanted.place,
  wanted.number::double as number,
  null::double as row,
  dead_letter.record::double as record,
  'claim' as evidence,
  dead_letter.second::double as timestamp,
  dead_letter.receipt_id as id,
  dead_letter.agent,
  '' as service,
  '' as tool_server,
  dead_letter.tool_name,
  dead_letter.scope,
  dead_letter.source_topic as topic,
  dead_letter.guard,
  dead_letter.reason,
  coalesce(reason_mask.masked, dead_letter.reason_pattern) as reason_pattern,
  '' as capability_id,
  '' as policy_hash,
  dead_letter.message_key,
  dead_letter.consumer_group,
  null as cost_units,
  '' as cost_currency,
  dead_letter.source_partition::double as source_partition,
  dead_letter.source_offset::varchar as source_offset,
  dead_letter.file
from wanted
join dead_letter on dead_letter.record = -1 - wanted.number
left join reason_mask on reason_mask.reason = dead_letter.reason
order by place;
