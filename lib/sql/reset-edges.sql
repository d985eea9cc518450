-- A new conclusion replaces the former links whole.
create or replace table edge (
  child_row integer not null,
  parent_row ubigint,
  parent_name varchar not null,
  sources varchar not null,
  strength varchar not null
);
