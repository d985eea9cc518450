-- A new conclusion replaces the former one whole.
create or replace table receipt_status (
  row integer not null,
  integrity varchar not null,
  inclusion varchar not null,
  checkpoint_seq ubigint,
  copy_of ubigint
);
