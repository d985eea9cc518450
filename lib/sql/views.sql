-- Both tables are filled in the same order, so a positional join pairs them without hashing a million
-- rows; a test holds the orders to each other. Rows that are not judged yet have no integrity.
create view receipts as
  select
    receipt.* exclude (guards),
    receipt_status.integrity,
    receipt_status.inclusion,
    receipt_status.checkpoint_seq,
    receipt_status.copy_of
  from receipt
  positional join receipt_status;

-- The receipts that pass the connection's filter (set-filter.sql). Variables are constants to the
-- planner: what is not restricted costs nothing. A receipt that lies in several files is one receipt;
-- its copies are seen when a file is asked for by name.
create view matching as
  select *
  from receipts
  where (copy_of is null or getvariable('filter')['file'] is not null)
    and (getvariable('filter')['from'] is null or timestamp >= getvariable('filter')['from'])
    and (getvariable('filter')['until'] is null or timestamp < getvariable('filter')['until'])
    and passes(getvariable('filter')['decision'], getvariable('filter')['not_decision'], decision)
    and passes(
      getvariable('filter')['integrity'],
      getvariable('filter')['not_integrity'],
      coalesce(integrity, '')
    )
    and passes(getvariable('filter')['guard'], getvariable('filter')['not_guard'], guard)
    and passes(getvariable('filter')['agent'], getvariable('filter')['not_agent'], agent)
    and passes(getvariable('filter')['tool'], getvariable('filter')['not_tool'], tool_name)
    and passes(getvariable('filter')['service'], getvariable('filter')['not_service'], service)
    and passes(getvariable('filter')['form'], getvariable('filter')['not_form'], form)
    and passes(getvariable('filter')['file'], getvariable('filter')['not_file'], file)
    and (
      getvariable('filter')['rows'] is null
      or row in (select unnest(getvariable('filter')['rows']))
    )
    and (
      getvariable('filter')['text'] is null
      or contains(lower(tool_name), getvariable('filter')['text'])
      or contains(lower(reason), getvariable('filter')['text'])
      or contains(lower(agent), getvariable('filter')['text'])
      or contains(lower(id), getvariable('filter')['text'])
      or contains(lower(capability_id), getvariable('filter')['text'])
      or contains(lower(guard), getvariable('filter')['text'])
      or contains(lower(policy_hash), getvariable('filter')['text'])
      or contains(lower(kernel_key), getvariable('filter')['text'])
    );

-- What led to what: one row for each link between two receipts, or a receipt and a parent not loaded; and
-- one for each capability that was handed on, whose ends are capabilities (`sources` is 'delegation').
create view edges as
  select
    coalesce(parent.id, edge.parent_name) as parent_id,
    child.id as child_id,
    edge.sources,
    edge.strength,
    parent.tool_name as parent_tool,
    child.tool_name as child_tool,
    parent.decision as parent_decision,
    child.decision as child_decision,
    parent.timestamp as parent_timestamp,
    child.timestamp as child_timestamp,
    edge.parent_row,
    edge.child_row::ubigint as child_row
  from edge
  join receipt as child on child.row = edge.child_row
  left join receipt as parent on parent.row = edge.parent_row
  union all by name
  select
    parent_capability_id as parent_id,
    capability_id as child_id,
    'delegation' as sources,
    strength
  from delegation;

-- Dead letters, each with the receipt that stands for it; see `receipts` on the positional join.
create view dead_letters as
  select
    dead_letter.* replace (
      coalesce(dead_letter_status.verdicts, dead_letter.verdicts) as verdicts,
      coalesce(dead_letter_status.payload, dead_letter.payload) as payload
    ),
    dead_letter_status.receipt_row,
    coalesce(dead_letter_status.is_claim, false) as is_claim,
    dead_letter_status.copy_of
  from dead_letter
  positional join dead_letter_status;

-- Every denial once: the receipts that say deny, and dead letters without one, which are claims.
create view denials as
  select
    row::ubigint as row,
    null::ubigint as record,
    case integrity
      when 'verified-not-checkpointed' then 'verified'
      when 'unsigned' then 'claim'
      else coalesce(integrity, 'not-checked')
    end as evidence,
    timestamp,
    agent,
    service,
    tool_server,
    tool_name,
    scope,
    topic,
    guard,
    reason,
    reason_pattern,
    capability_id,
    policy_hash,
    message_key,
    consumer_group,
    cost_units,
    cost_currency,
    source_partition,
    source_offset,
    id,
    file
  from (
    select receipt.*, receipt_status.integrity, receipt_status.speaks
    from receipt
    positional join receipt_status
  )
  where decision = 'deny' and coalesce(speaks, true)
  union all
  select
    null as row,
    record::ubigint as record,
    'claim' as evidence,
    second as timestamp,
    agent,
    '' as service,
    '' as tool_server,
    tool_name,
    scope,
    source_topic as topic,
    guard,
    reason,
    reason_pattern,
    '' as capability_id,
    '' as policy_hash,
    message_key,
    consumer_group,
    null as cost_units,
    '' as cost_currency,
    source_partition,
    source_offset,
    receipt_id as id,
    file
  from dead_letters
  where is_claim and copy_of is null;

-- The guards that each receipt says ran, in its order. The receipt's deciding guard is marked.
create view guards as
  select
    row,
    position,
    decode(unhex(item[:-2])) as guard,
    case item[-1] when '+' then true when '-' then false end as passed,
    decode(unhex(item[:-2])) = deciding as decided
  from (
    select
      row,
      guard as deciding,
      unnest(string_split(guards, ',')) as item,
      unnest(range(1, len(string_split(guards, ',')) + 1)) as position
    from (select receipt.*, receipt_status.copy_of from receipt positional join receipt_status)
    where guards <> '' and copy_of is null
  );

create view checkpoints as select * from checkpoint;
create view findings as select * from finding;
create view files as select * from input_file;
create view alerts as select * from alert;
