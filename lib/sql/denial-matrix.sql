-- Matching denials by two columns: the 12 most frequent values of each, and the cells between them.
with cells as (
  select
    case getvariable('denial_matrix')['row']
      when 'agent' then agent
      when 'guard' then guard
      when 'scope' then scope
      when 'tool' then tool_name
      when 'topic' then topic
      when 'group' then consumer_group
    end as row_value,
    case getvariable('denial_matrix')['column']
      when 'agent' then agent
      when 'guard' then guard
      when 'scope' then scope
      when 'tool' then tool_name
      when 'topic' then topic
      when 'group' then consumer_group
    end as column_value,
    sum(denials) as denials
  from matching_kinds
  group by all
),
row_lines as (
  select
    row_value,
    sum(denials) as denials,
    row_number() over (order by sum(denials) desc, row_value) - 1 as place,
    count(*) over () as distinct_values
  from cells
  group by row_value
),
column_lines as (
  select
    column_value,
    sum(denials) as denials,
    row_number() over (order by sum(denials) desc, column_value) - 1 as place,
    count(*) over () as distinct_values
  from cells
  group by column_value
)
select
  'row' as part,
  place::double as place,
  null::double as column_place,
  row_value as value,
  denials::double as denials,
  distinct_values::double as distinct_values
from row_lines
where place < 12
union all
select
  'column' as part,
  place::double as place,
  null::double as column_place,
  column_value as value,
  denials::double as denials,
  distinct_values::double as distinct_values
from column_lines
where place < 12
union all
select
  'cell' as part,
  row_lines.place::double as place,
  column_lines.place::double as column_place,
  '' as value,
  cells.denials::double as denials,
  0::double as distinct_values
from cells
join row_lines on row_lines.row_value = cells.row_value and row_lines.place < 12
join column_lines on column_lines.column_value = cells.column_value and column_lines.place < 12
union all
select
  'total' as part,
  0::double as place,
  null::double as column_place,
  '' as value,
  coalesce(sum(denials), 0)::double as denials,
  0::double as distinct_values
from cells
order by part, place, column_place;
