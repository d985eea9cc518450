-- Both tables are filled in the same order, so a positional join pairs them without hashing a million
-- rows; a test holds the orders to each other. Rows that are not judged yet have no integrity.
create view receipts as
  select
    receipt.*,
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
