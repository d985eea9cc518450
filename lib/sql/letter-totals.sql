-- How many dead letters there are, and how well their parts fit each other.
select
  count(*)::double as letters,
  (count(*) filter (where is_claim))::double as claims,
  (count(*) filter (where fidelity = 'exact'))::double as exact,
  (count(*) filter (where fidelity = 'text'))::double as texts,
  (count(*) filter (where fidelity = 'lossy'))::double as lossy,
  (count(*) filter (where ids = 'differ'))::double as ids,
  (count(*) filter (where verdicts = 'differ'))::double as verdicts,
  (count(*) filter (where coordinates = 'differ'))::double as coordinates,
  (count(*) filter (where headers = 'differ'))::double as headers,
  (count(*) filter (where payload = 'differ'))::double as payload,
  (count(*) filter (where payload = 'agree'))::double as payload_proved
from dead_letters
where kind = 'denial' and copy_of is null;
