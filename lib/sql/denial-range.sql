-- The first and last second of the matching denials.
select min(first_second)::double as first_second, max(last_second)::double as last_second
from matching_kinds;
