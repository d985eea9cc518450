-- Reasons under masks that a person chose; empty while masks are the shipped ones.
create table reason_mask (
  reason varchar not null,
  masked varchar not null
);

-- Denials whose patterns are those of the masks in use (mask-denials.sql, unmask-denials.sql).
create view masked_denials as
  select *
  from denials;

-- Whether these values pass the facets of the connection's filter (set-denial-filter.sql).
create macro passes_facets(
  guard, agent, scope, tool, topic, evidence, policy, reason, consumer_group, service, file
) as
  passes(getvariable('denial_filter')['guard'], getvariable('denial_filter')['not_guard'], guard)
  and passes(getvariable('denial_filter')['agent'], getvariable('denial_filter')['not_agent'], agent)
  and passes(getvariable('denial_filter')['scope'], getvariable('denial_filter')['not_scope'], scope)
  and passes(getvariable('denial_filter')['tool'], getvariable('denial_filter')['not_tool'], tool)
  and passes(getvariable('denial_filter')['topic'], getvariable('denial_filter')['not_topic'], topic)
  and passes(
    getvariable('denial_filter')['evidence'], getvariable('denial_filter')['not_evidence'], evidence
  )
  and passes(
    getvariable('denial_filter')['policy'], getvariable('denial_filter')['not_policy'], policy
  )
  and passes(
    getvariable('denial_filter')['reason'], getvariable('denial_filter')['not_reason'], reason
  )
  and passes(
    getvariable('denial_filter')['group'], getvariable('denial_filter')['not_group'], consumer_group
  )
  and passes(
    getvariable('denial_filter')['service'], getvariable('denial_filter')['not_service'], service
  )
  and passes(getvariable('denial_filter')['file'], getvariable('denial_filter')['not_file'], file);

-- The denials that pass the connection's filter (set-denial-filter.sql), claims among them.
create view denials_and_claims as
  select *
  from masked_denials
  where (getvariable('denial_filter')['from'] is null
      or timestamp >= getvariable('denial_filter')['from'])
    and (getvariable('denial_filter')['until'] is null
      or timestamp < getvariable('denial_filter')['until'])
    and passes_facets(
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
      file
    )
    and (
      getvariable('denial_filter')['rows'] is null
      or case when row is null then -1 - record::bigint else row::bigint end
        in (select unnest(getvariable('denial_filter')['rows']))
    )
    and (
      getvariable('denial_filter')['text'] is null
      or contains(lower(agent), getvariable('denial_filter')['text'])
      or contains(lower(tool_name), getvariable('denial_filter')['text'])
      or contains(lower(scope), getvariable('denial_filter')['text'])
      or contains(lower(topic), getvariable('denial_filter')['text'])
      or contains(lower(guard), getvariable('denial_filter')['text'])
      or contains(lower(reason), getvariable('denial_filter')['text'])
      or contains(lower(id), getvariable('denial_filter')['text'])
    );

create view matching_denials as
  select *
  from denials_and_claims
  where getvariable('denial_filter')['claims'] or evidence <> 'claim';

-- The same denials by kind (index-denials.sql): a question that needs no more than this reads a million numbers
-- and a few thousand texts. A test holds what the two ways give to each other.
create view filtered_moments as
  select *
  from denial_moment
  where (getvariable('denial_filter')['from'] is null
      or timestamp >= getvariable('denial_filter')['from'])
    and (getvariable('denial_filter')['until'] is null
      or timestamp < getvariable('denial_filter')['until'])
    and (
      getvariable('denial_filter')['rows'] is null
      or number in (select unnest(getvariable('denial_filter')['rows']))
    )
    and (
      getvariable('denial_filter')['text'] is null
      or number in (
        select case when row is null then -1 - record::bigint else row::bigint end
        from denials
        where contains(lower(agent), getvariable('denial_filter')['text'])
          or contains(lower(tool_name), getvariable('denial_filter')['text'])
          or contains(lower(scope), getvariable('denial_filter')['text'])
          or contains(lower(topic), getvariable('denial_filter')['text'])
          or contains(lower(guard), getvariable('denial_filter')['text'])
          or contains(lower(reason), getvariable('denial_filter')['text'])
          or contains(lower(id), getvariable('denial_filter')['text'])
      )
    );

-- Kinds with how many of their denials pass, how many of those are receipts, and when they were.
create view kinds_and_claims as
  select
    denial_kind.* exclude (denials),
    counted.denials,
    counted.receipts,
    counted.timed,
    counted.first_second,
    counted.last_second
  from (
    select
      kind,
      count(*) as denials,
      count(*) filter (where number >= 0) as receipts,
      count(timestamp) as timed,
      min(timestamp) as first_second,
      max(timestamp) as last_second
    from filtered_moments
    group by kind
  ) as counted
  join denial_kind on denial_kind.kind = counted.kind
  where passes_facets(
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
    file
  );

create view matching_kinds as
  select *
  from kinds_and_claims
  where getvariable('denial_filter')['claims'] or evidence <> 'claim';

-- The kind and the time of each matching denial.
create view matching_moments as
  select filtered_moments.kind, filtered_moments.timestamp, denial_kind.guard
  from filtered_moments
  join denial_kind on denial_kind.kind = filtered_moments.kind
  where (getvariable('denial_filter')['claims'] or evidence <> 'claim')
    and passes_facets(
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
      file
    );

-- How many denials there are of each evidence, under no filter.
create view every_denial as
  select evidence, sum(denials) as denials
  from denial_kind
  group by evidence;
