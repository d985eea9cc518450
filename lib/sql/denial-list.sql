-- Matching denials by time, with every column.
select *
from matching_denials
order by timestamp nulls last, row nulls last, record;
