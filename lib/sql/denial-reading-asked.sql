-- Whether the agents of the matching denials asked for the same scope and tool before the first of them, and
-- whether they were allowed after it.
with denied as (
  select agent, scope, tool_name, min(timestamp) as first_second
  from matching_denials
  group by all
),
began as (
  select min(first_second) as first_second
  from denied
)
select
  (count(*) filter (where receipts.timestamp < (select first_second from began)))::double as before,
  (
    count(*) filter (
      where receipts.decision = 'allow'
        and receipts.timestamp < (select first_second from began)
    )
  )::double as allowed_before,
  (
    count(*) filter (
      where receipts.decision = 'allow' and receipts.timestamp >= denied.first_second
    )
  )::double as allowed_after
from denied
join receipts
  on receipts.agent = denied.agent
  and receipts.scope = denied.scope
  and receipts.tool_name = denied.tool_name
where receipts.copy_of is null;
