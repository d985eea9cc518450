-- Offsets of each partition that loaded receipts name, and those between them that none names.
with named as (
  select topic, source_partition, row_number() over () as number
  from receipts
  where topic <> '' and source_partition is not null and source_offset is not null
  group by topic, source_partition
),
offsets as (
  select named.number, receipts.source_offset
  from receipts
  join named
    on named.topic = receipts.topic and named.source_partition = receipts.source_partition
  where receipts.source_offset is not null
),
stepped as (
  select
    number,
    source_offset,
    lead(source_offset) over (partition by number order by source_offset) as next_offset
  from offsets
),
partitions as (
  select
    number,
    count(*) filter (where next_offset is distinct from source_offset) as offsets,
    count(*) filter (where next_offset - source_offset > 1) as gaps,
    min(source_offset) as from_offset,
    max(source_offset) as to_offset
  from stepped
  group by number
),
widest as (
  select
    number,
    source_offset,
    next_offset,
    row_number() over (
      partition by number
      order by next_offset - source_offset desc, source_offset
    ) as place
  from stepped
  where next_offset - source_offset > 1
  qualify place <= 5
)
select
  named.topic,
  named.source_partition::double as source_partition,
  partitions.offsets::double as offsets,
  partitions.from_offset::varchar as from_offset,
  partitions.to_offset::varchar as to_offset,
  (
    partitions.to_offset::hugeint - partitions.from_offset::hugeint + 1 - partitions.offsets
  )::varchar as absent,
  partitions.gaps::double as gaps,
  (widest.source_offset::hugeint + 1)::varchar as gap_from,
  (widest.next_offset::hugeint - 1)::varchar as gap_to
from partitions
join named on named.number = partitions.number
left join widest on widest.number = partitions.number
order by
  partitions.to_offset::hugeint - partitions.from_offset::hugeint + 1 - partitions.offsets desc,
  named.topic,
  named.source_partition,
  widest.place
limit 5000;
