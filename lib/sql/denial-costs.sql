-- What refused calls would have cost, exactly: in all (agent is null), and for the most costly agents.
with costs as (
  select
    agent,
    cost_currency,
    sum(cost_units::hugeint) as units,
    count(*) as denials
  from matching_denials
  where cost_units is not null
  group by all
),
ranked as (
  select
    null as agent,
    cost_currency,
    sum(units) as units,
    sum(denials) as denials,
    0 as place
  from costs
  group by cost_currency
  union all
  select
    agent,
    cost_currency,
    units,
    denials,
    row_number() over (order by units desc, agent, cost_currency) as place
  from costs
  qualify place <= 200
)
select agent, cost_currency, units::varchar as units, denials::double as denials
from ranked
order by place, ranked.units desc, cost_currency;
