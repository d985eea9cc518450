-- How many rows stand beside another row's status: none, or the views would tell lies. Receipts that were
-- inserted since the conclusion was drawn have no status yet, and stand at the end.
select count(*)::double as astray
from receipt
positional join receipt_status
where receipt_status.row is not null
  and receipt.row is distinct from receipt_status.row;
