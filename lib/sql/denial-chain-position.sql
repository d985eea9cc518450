-- Where the matching denials stand in their chains: what brought them about, and whether anything followed.
with own as (
  select row
  from matching_denials
  where row is not null
),
caused as (
  select own.row, bool_or(edges.parent_row is not null) as is_loaded
  from edges
  join own on own.row = edges.child_row
  group by own.row
),
followed as (
  select distinct own.row
  from edges
  join own on own.row = edges.parent_row
)
select
  (select count(*)::double from own) as denials,
  (select count(*)::double from caused where is_loaded) as caused,
  (select count(*)::double from caused where not is_loaded) as missing,
  (select count(*)::double from followed) as followed;
