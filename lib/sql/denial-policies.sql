-- When each policy was first seen, in any receipt.
select
  policy_hash,
  min(timestamp)::double as first_second,
  max(timestamp)::double as last_second,
  count(*)::double as receipts,
  min(timestamp) = (min(min(timestamp)) over ()) as is_first
from receipts
where copy_of is null and policy_hash <> '' and timestamp is not null
group by policy_hash
order by first_second, policy_hash
limit 500;
