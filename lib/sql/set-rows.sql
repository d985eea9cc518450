-- The rows that receipt-page.sql fetches: decimal numbers parted by commas.
set variable rows = string_split($1::varchar, ',')::integer[];
