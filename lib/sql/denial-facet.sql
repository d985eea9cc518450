-- Values of one column among the matching denials, most frequent first.
with counted as (
  select
    case getvariable('facet')
      when 'guard' then guard
      when 'agent' then agent
      when 'scope' then scope
      when 'tool' then tool_name
      when 'topic' then topic
      when 'evidence' then evidence
      when 'policy' then policy_hash
      when 'reason' then reason_pattern
      when 'group' then consumer_group
      when 'service' then service
      when 'file' then file
    end as value,
    sum(denials) as denials
  from matching_kinds
  group by all
)
select value, denials::double as denials, (count(*) over ())::double as distinct_values
from counted
where value is not null and value <> ''
order by counted.denials desc, value
limit 100;
