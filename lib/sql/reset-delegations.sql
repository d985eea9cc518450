-- A new conclusion replaces the former delegations whole.
create or replace table delegation (
  capability_id varchar not null,
  parent_capability_id varchar not null,
  strength varchar not null
);
