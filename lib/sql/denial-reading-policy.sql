-- The last policy that came up before the first matching denial, and how many seconds before.
with began as (
  select min(timestamp) as first_second, max(timestamp) as last_second
  from matching_denials
),
policies as (
  select policy_hash, min(timestamp) as since
  from receipts
  where copy_of is null and policy_hash <> '' and timestamp is not null
  group by policy_hash
),
changes as (
  select policies.policy_hash, policies.since
  from policies
  cross join began
  where policies.since <= began.first_second
    and policies.since > (select min(since) from policies)
  order by policies.since desc, policies.policy_hash
  limit 1
)
select
  began.first_second::double as first_second,
  began.last_second::double as last_second,
  changes.policy_hash,
  changes.since::double as changed_at,
  (began.first_second - changes.since)::double as seconds_before
from began
left join changes on true;
