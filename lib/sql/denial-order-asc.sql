-- Numbers of all matching denials in ascending order: a receipt's row, or -1 less the record of a claim.
select case when row is null then -1 - record::double else row::double end as number
from matching_denials
order by
  case getvariable('sort')
    when 'time' then timestamp
  end asc nulls last,
  case getvariable('sort')
    when 'agent' then agent
    when 'guard' then guard
    when 'tool' then tool_name
    when 'scope' then scope
    when 'evidence' then evidence
  end asc nulls last,
  timestamp asc nulls last,
  number asc;
