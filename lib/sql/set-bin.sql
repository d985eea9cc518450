-- The width, in seconds, of receipt-histogram.sql's bins.
set variable bin = $1::ubigint;
