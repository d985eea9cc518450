-- Records that a connector could not process, by class; they are no denials.
select
  failure,
  count(*)::double as records,
  count(distinct topic)::double as topics,
  min(time_ms)::double as first_ms,
  max(time_ms)::double as last_ms
from dead_letters
where kind = 'failure' and copy_of is null
group by failure
order by records desc, failure
limit 200;
