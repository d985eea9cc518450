-- Consumer groups by their denials, what those would have cost, and how many a budget or velocity guard made.
with kinds as (
  select
    consumer_group,
    agent,
    guard,
    cost_currency,
    count(*) as denials,
    count(cost_units) as priced,
    sum(cost_units::hugeint) as units,
    min(timestamp) as first_second,
    max(timestamp) as last_second
  from matching_denials
  where consumer_group <> ''
  group by all
),
groups as (
  select
    consumer_group,
    sum(denials) as denials,
    count(distinct agent) filter (where agent <> '') as agents,
    coalesce(
      sum(denials) filter (
        where contains(lower(guard), 'budget') or contains(lower(guard), 'velocity')
      ),
      0
    ) as budget,
    min(first_second) as first_second,
    max(last_second) as last_second
  from kinds
  group by consumer_group
  order by sum(denials) desc, consumer_group
  limit 200
),
costs as (
  select consumer_group, cost_currency, sum(units) as units, sum(priced) as priced
  from kinds
  where units is not null
  group by all
)
select
  groups.consumer_group,
  groups.denials::double as denials,
  groups.agents::double as agents,
  groups.budget::double as budget,
  groups.first_second::double as first_second,
  groups.last_second::double as last_second,
  costs.cost_currency,
  costs.units::varchar as units,
  costs.priced::double as priced
from groups
left join costs on costs.consumer_group = groups.consumer_group
order by groups.denials desc, groups.consumer_group, costs.units desc, costs.cost_currency;
