-- Values of one column among the matching receipts, most frequent first.
with counted as (
  select
    case getvariable('facet')
      when 'decision' then decision
      when 'integrity' then integrity
      when 'guard' then guard
      when 'agent' then agent
      when 'tool' then tool_name
      when 'service' then service
      when 'form' then form
      when 'file' then file
    end as value,
    count(*) as receipts
  from matching
  group by all
)
select value, receipts::double as receipts, (count(*) over ())::double as distinct_values
from counted
where value is not null and value <> ''
order by counted.receipts desc, value
limit 100;
