-- What a conclusion says; a new one replaces the former whole. Laid with the schema, and again before each.

-- What each receipt amounts to, in the order of `receipt`; empty until the run is concluded.
create or replace table receipt_status (
  row integer not null,
  integrity varchar not null,
  inclusion varchar not null,
  checkpoint_seq ubigint,
  -- The row that stands for the same receipt, where this one is a copy of it.
  copy_of ubigint
);

-- What led to what, in the order of the consequences; filled with the statuses.
create or replace table edge (
  child_row integer not null,
  -- Null where the parent is not loaded; then its name is given.
  parent_row ubigint,
  parent_name varchar not null,
  sources varchar not null,
  strength varchar not null
);

-- Which capability was handed on from which.
create or replace table delegation (
  capability_id varchar not null,
  parent_capability_id varchar not null,
  strength varchar not null
);

-- What each dead letter amounts to, in the order of `dead_letter`; empty until the run is concluded.
create or replace table dead_letter_status (
  record integer not null,
  -- The receipt that stands for it, inside it or loaded under the id that it names.
  receipt_row ubigint,
  is_claim boolean not null,
  -- The dead letter that stands for the same record, where this one is a copy of it.
  copy_of ubigint,
  verdicts varchar not null,
  payload varchar not null
);

create or replace table checkpoint (
  file varchar not null,
  checkpoint_seq ubigint,
  first_seq ubigint,
  last_seq ubigint,
  tree_size ubigint,
  issued_at ubigint,
  kernel_key varchar not null,
  merkle_root varchar not null,
  sha256 varchar not null,
  signature varchar not null
);

create or replace table finding (
  finding varchar not null,
  code varchar not null,
  severity varchar not null,
  subject_kind varchar not null,
  subject varchar not null,
  cause varchar not null,
  file varchar not null,
  line ubigint,
  byte_offset ubigint,
  pointer varchar not null,
  expected varchar not null,
  actual varchar not null
);

create or replace table input_file (
  file varchar not null,
  sha256 varchar not null,
  recognised_as varchar not null,
  "rows" ubigint,
  rejected ubigint
);
