-- Matching receipts by time; bins without any are left out.
select
  ((timestamp // getvariable('bin')) * getvariable('bin'))::double as from_second,
  count(*) filter (where decision = 'allow')::double as allowed,
  count(*) filter (where decision = 'deny')::double as denied,
  count(*) filter (where decision <> 'allow' and decision <> 'deny')::double as other,
  count(*) filter (where integrity = 'does-not-verify')::double as failing
from matching
where timestamp is not null
group by all
order by from_second
limit 4000;
