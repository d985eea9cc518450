-- The rows in variable `rows`, in its order.
with wanted as (
  select unnest(getvariable('rows')) as row, unnest(range(len(getvariable('rows')))) as place
)
select
  wanted.row::double as row,
  receipt.seq::varchar as seq,
  receipt.timestamp::double as timestamp,
  receipt.decision,
  receipt_status.integrity,
  receipt.id,
  receipt.agent,
  receipt.service,
  receipt.tool_name as tool,
  receipt.guard,
  receipt.reason,
  receipt.file
from wanted
join receipt on receipt.row = wanted.row
left join (
  select receipt_status.row, receipt_status.integrity
  from wanted
  join receipt_status on receipt_status.row = wanted.row
) as receipt_status on receipt_status.row = wanted.row
order by wanted.place;
