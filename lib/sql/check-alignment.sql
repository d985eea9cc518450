-- How many rows stand beside another row's status: none, or the views would tell lies.
select count(*)::double as astray
from receipt
positional join receipt_status
where receipt.row is distinct from receipt_status.row;
