-- How many seconds may lie between a denial and what denial-probes.sql pairs with it.
set variable denial_window = $1::ubigint;
