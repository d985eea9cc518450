-- Fills `denial_kind` and `denial_moment` from the denials as they are now. Gathering the moments of each kind is
-- several times cheaper than looking up the kind of each denial by eleven texts.
create or replace temp table gathered as
select
  row_number() over () as kind,
  *
from (
  select
    guard,
    agent,
    scope,
    tool_name,
    topic,
    evidence,
    policy_hash,
    reason_pattern,
    consumer_group,
    service,
    file,
    list({
      'number': case when row is null then -1 - record::bigint else row::bigint end,
      'timestamp': timestamp
    }) as moments
  from masked_denials
  group by all
);

create or replace table denial_kind as
select gathered.* exclude (moments) replace (kind::integer as kind), len(moments) as denials
from gathered;

create or replace table denial_moment as
select kind::integer as kind, moment.number as number, moment.timestamp as timestamp
from (select kind, unnest(moments) as moment from gathered);

drop table gathered;
