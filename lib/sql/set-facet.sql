-- The column that receipt-facet.sql counts.
set variable facet = $1::varchar;
