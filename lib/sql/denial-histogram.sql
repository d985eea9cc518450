-- Matching denials by time and guard: the five most frequent guards, and the others together (place 6).
with counted as (
  select
    (timestamp // getvariable('bin')) * getvariable('bin') as from_second,
    guard,
    count(*) as denials
  from matching_moments
  where timestamp is not null
  group by all
),
guards as (
  select
    guard,
    sum(denials) as guard_denials,
    least(row_number() over (order by sum(denials) desc, guard), 6) as place
  from counted
  group by guard
)
select
  counted.from_second::double as from_second,
  guards.place::double as place,
  case when guards.place < 6 then guards.guard else '' end as guard,
  sum(counted.denials)::double as denials,
  (select count(*)::double from guards where place = 6) as other_guards
from counted
join guards on guards.guard = counted.guard
group by all
order by from_second, place
limit 24000;
