-- Numbers of all matching rows in ascending order of the column in variable `sort`.
select row::double as row
from matching
order by
  case getvariable('sort')
    when 'seq' then seq
    when 'time' then timestamp
    when 'integrity' then integrity_rank(integrity)
  end asc nulls last,
  case getvariable('sort')
    when 'decision' then decision
    when 'agent' then agent
    when 'tool' then tool_name
  end asc nulls last,
  row asc;
