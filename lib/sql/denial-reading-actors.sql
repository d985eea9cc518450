-- Who made the matching denials, and how many of their capabilities no receipt named before the first of them.
with denied as (
  select agent, consumer_group, capability_id, message_key, min(timestamp) as first_second
  from matching_denials
  group by all
),
known as (
  select distinct capability_id
  from receipts
  where copy_of is null
    and capability_id in (select capability_id from denied)
    and timestamp < (select min(first_second) from denied)
)
select
  (count(distinct agent) filter (where agent <> ''))::double as agents,
  (count(distinct consumer_group) filter (where consumer_group <> ''))::double as groups,
  (count(distinct capability_id) filter (where capability_id <> ''))::double as capabilities,
  (
    count(distinct capability_id) filter (
      where capability_id <> '' and capability_id not in (select capability_id from known)
    )
  )::double as new_capabilities,
  (count(distinct message_key) filter (where message_key <> ''))::double as keys
from denied;
