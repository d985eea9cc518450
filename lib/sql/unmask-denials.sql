-- From now on patterns are the shipped ones.
create or replace view masked_denials as
  select *
  from denials;
