-- How many rows stand beside another row's status: none, or the views would tell lies. What was inserted since
-- the conclusion was drawn has no status yet, and stands at the end.
select (
  (
    select count(*)
    from receipt
    positional join receipt_status
    where receipt_status.row is not null
      and receipt.row is distinct from receipt_status.row
  ) + (
    select count(*)
    from dead_letter
    positional join dead_letter_status
    where dead_letter_status.record is not null
      and dead_letter.record is distinct from dead_letter_status.record
  )
)::double as astray;
