-- The column by which receipt-order-*.sql sorts.
set variable sort = $1::varchar;
