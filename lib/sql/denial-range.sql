-- The first and last second of the matching denials.
select min(timestamp)::double as first_second, max(timestamp)::double as last_second
from matching_denials;
