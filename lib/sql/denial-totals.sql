-- How many denials match, what they are worth as evidence, and how many patterns, agents and scopes they have.
with kinds as (
  select *
  from kinds_and_claims
),
admitted as (
  select *
  from kinds
  where getvariable('denial_filter')['claims'] or evidence <> 'claim'
)
select
  coalesce(sum(denials), 0)::double as denials,
  (
    select coalesce(sum(denials), 0)::double
    from kinds
    where evidence = 'claim'
  ) as claims,
  coalesce(sum(denials) filter (where evidence = 'verified'), 0)::double as verified,
  coalesce(sum(denials) filter (where evidence = 'self-consistent'), 0)::double as self_consistent,
  coalesce(sum(denials) filter (where evidence = 'does-not-verify'), 0)::double as does_not_verify,
  coalesce(sum(denials) filter (where evidence = 'not-checked'), 0)::double as not_checked,
  (
    select count(*)::double
    from (
      select distinct
        case when getvariable('denial_parts')['guard'] then guard end as part_guard,
        case when getvariable('denial_parts')['tool'] then tool_name end as part_tool,
        case when getvariable('denial_parts')['scope'] then scope end as part_scope,
        case when getvariable('denial_parts')['agent'] then agent end as part_agent,
        case when getvariable('denial_parts')['reason'] then reason_pattern end as part_reason
      from admitted
    )
  ) as patterns,
  (count(distinct agent) filter (where agent <> ''))::double as agents,
  (count(distinct scope) filter (where scope <> ''))::double as scopes,
  min(first_second)::double as first_second,
  max(last_second)::double as last_second,
  coalesce(sum(denials - timed), 0)::double as timeless,
  (select count(*)::double from receipts where copy_of is null) as every_receipt,
  (
    select coalesce(sum(denials), 0)::double
    from every_denial
    where getvariable('denial_filter')['claims'] or evidence <> 'claim'
  ) as every_denial
from admitted;
