create macro words(coded) as
  list_transform(string_split(coded, ','), lambda word: decode(unhex(word)));

-- Whether a value passes one facet: among the wanted ones, and not among the unwanted ones.
create macro passes(wanted, unwanted, value) as
  (wanted is null or list_contains(wanted, value))
  and (unwanted is null or not list_contains(unwanted, value));

-- Worst first, so that sorting by integrity brings up what needs a look.
create macro integrity_rank(integrity) as
  case integrity
    when 'does-not-verify' then 0
    when 'not-checked' then 1
    when 'unsigned' then 2
    when 'self-consistent' then 3
    when 'verified-not-checkpointed' then 4
    when 'verified' then 5
  end::ubigint;
