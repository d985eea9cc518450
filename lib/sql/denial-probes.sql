-- Matching denials after which the next call of the same agent for the same scope and tool was allowed, soon
-- enough. Equal times keep the order of the files.
with pairs as (
  select agent, scope, tool_name, row_number() over () as pair
  from receipts
  where copy_of is null and agent <> ''
  group by agent, scope, tool_name
  having bool_or(decision = 'deny') and bool_or(decision = 'allow')
),
calls as (
  select pairs.pair, receipts.row, receipts.timestamp, receipts.decision
  from receipts
  join pairs
    on pairs.agent = receipts.agent
    and pairs.scope = receipts.scope
    and pairs.tool_name = receipts.tool_name
  where receipts.copy_of is null
    and receipts.timestamp is not null
    and receipts.decision in ('allow', 'deny')
),
followed as (
  select
    pair,
    row,
    timestamp,
    decision,
    lead(row) over calls_of_pair as next_row,
    lead(timestamp) over calls_of_pair as next_timestamp,
    lead(decision) over calls_of_pair as next_decision
  from calls
  window calls_of_pair as (partition by pair order by timestamp, row)
),
probes as (
  select *
  from followed
  where decision = 'deny'
    and next_decision = 'allow'
    and next_timestamp - timestamp <= getvariable('denial_window')
),
found as (
  select
    pairs.agent,
    pairs.scope,
    pairs.tool_name,
    probes.row as denied_row,
    probes.timestamp as denied_at,
    probes.next_row as allowed_row,
    probes.next_timestamp as allowed_at
  from probes
  join pairs on pairs.pair = probes.pair
  where probes.row::ubigint in (select row from matching_denials where row is not null)
)
select
  agent,
  scope,
  tool_name,
  denied_row::double as denied_row,
  denied_at::double as denied_at,
  allowed_row::double as allowed_row,
  allowed_at::double as allowed_at,
  (allowed_at - denied_at)::double as gap_seconds,
  (count(*) over ())::double as probes,
  (select count(distinct agent)::double from found) as agents
from found
order by denied_at desc, denied_row desc
limit 200;
