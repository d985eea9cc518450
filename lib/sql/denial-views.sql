-- Reasons under masks that a person chose; empty while masks are the shipped ones.
create table reason_mask (
  reason varchar not null,
  masked varchar not null
);

-- Denials whose patterns are those of the masks in use (mask-denials.sql, unmask-denials.sql).
create view masked_denials as
  select *
  from denials;

-- The denials that pass the connection's filter (set-denial-filter.sql), claims among them.
create view denials_and_claims as
  select *
  from masked_denials
  where (getvariable('denial_filter')['from'] is null
      or timestamp >= getvariable('denial_filter')['from'])
    and (getvariable('denial_filter')['until'] is null
      or timestamp < getvariable('denial_filter')['until'])
    and passes(
      getvariable('denial_filter')['guard'], getvariable('denial_filter')['not_guard'], guard
    )
    and passes(
      getvariable('denial_filter')['agent'], getvariable('denial_filter')['not_agent'], agent
    )
    and passes(
      getvariable('denial_filter')['scope'], getvariable('denial_filter')['not_scope'], scope
    )
    and passes(
      getvariable('denial_filter')['tool'], getvariable('denial_filter')['not_tool'], tool_name
    )
    and passes(
      getvariable('denial_filter')['topic'], getvariable('denial_filter')['not_topic'], topic
    )
    and passes(
      getvariable('denial_filter')['evidence'],
      getvariable('denial_filter')['not_evidence'],
      evidence
    )
    and passes(
      getvariable('denial_filter')['policy'],
      getvariable('denial_filter')['not_policy'],
      policy_hash
    )
    and passes(
      getvariable('denial_filter')['reason'],
      getvariable('denial_filter')['not_reason'],
      reason_pattern
    )
    and passes(
      getvariable('denial_filter')['group'],
      getvariable('denial_filter')['not_group'],
      consumer_group
    )
    and passes(
      getvariable('denial_filter')['service'],
      getvariable('denial_filter')['not_service'],
      service
    )
    and passes(
      getvariable('denial_filter')['file'], getvariable('denial_filter')['not_file'], file
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
