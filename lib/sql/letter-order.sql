-- Numbers of all dead letters that are no processing failures: first those whose parts differ, then claims.
select record::double as number
from dead_letters
where kind = 'denial' and copy_of is null
order by
  'differ' in (ids, verdicts, coordinates, headers, payload) desc,
  is_claim desc,
  time_ms nulls last,
  record;
