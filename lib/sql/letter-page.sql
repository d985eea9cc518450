-- The dead letters whose records are in variable `rows`, in its order.
with wanted as (
  select unnest(getvariable('rows')) as record, unnest(range(len(getvariable('rows')))) as place
)
select
  letter.record::double as record,
  letter.receipt_row::double as receipt_row,
  letter.is_claim,
  letter.form,
  letter.fidelity,
  letter.topic,
  letter.partition::varchar as partition,
  letter.record_offset::varchar as record_offset,
  letter.time_ms::double as time_ms,
  letter.guard,
  letter.agent,
  letter.source_topic,
  letter.source_partition::double as source_partition,
  letter.source_offset::varchar as source_offset,
  letter.ids,
  letter.verdicts,
  letter.coordinates,
  letter.headers,
  letter.payload,
  letter.file
from wanted
join (
  select *
  from dead_letters
  where record in (select unnest(getvariable('rows')))
) as letter on letter.record = wanted.record
order by wanted.place;
