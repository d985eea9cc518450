-- The distinct reasons of denials, for masks to be applied to.
select distinct reason
from denials
where reason <> '';
