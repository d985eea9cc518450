-- How many receipts there are, how many match, and of which kinds.
select
  (select count(*)::double from receipts where copy_of is null) as every,
  count(*)::double as matching,
  count(*) filter (where decision = 'allow')::double as allowed,
  count(*) filter (where decision = 'deny')::double as denied,
  count(*) filter (where integrity = 'does-not-verify')::double as failing,
  count(*) filter (where integrity is null)::double as unjudged,
  min(timestamp)::double as first_second,
  max(timestamp)::double as last_second
from matching;
