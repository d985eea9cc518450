-- How denials of a scope spread from agent to agent: the 12 scopes with most agents, and each agent's first.
with firsts as (
  select scope, agent, min(first_second) as first_second, sum(timed) as denials
  from matching_kinds
  where scope <> '' and agent <> '' and timed > 0
  group by all
),
scopes as (
  select
    scope,
    sum(denials) as denials,
    count(*) as agents,
    row_number() over (order by count(*) desc, sum(denials) desc, scope) as place
  from firsts
  group by scope
  qualify place <= 12
)
select
  scopes.scope,
  scopes.denials::double as denials,
  scopes.agents::double as agents,
  firsts.agent,
  firsts.first_second::double as first_second
from scopes
join firsts on firsts.scope = scopes.scope
qualify row_number() over (partition by scopes.scope order by firsts.first_second, firsts.agent) <= 60
order by scopes.place, firsts.first_second, firsts.agent;
