-- What a conclusion says; a new one replaces the former whole. Laid with the schema, and again before each.

-- What each receipt amounts to, in the order of `receipt`; empty until the run is concluded.
create or replace table receipt_status (
  row integer not null,
  integrity varchar not null,
  inclusion varchar not null,
  checkpoint_seq ubigint,
  -- The row that stands for the same receipt, where this one is a copy of it.
  copy_of ubigint,
  -- Whether its decision counts for the receipt: a forged copy that says allow takes no denial away.
  speaks boolean not null
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

-- Denials by what they have in common: a day has a million of them and a few thousand kinds. Filled from the
-- view `masked_denials` whenever that may have changed (index-denials.sql), so that both say the same.
create or replace table denial_kind (
  kind integer not null,
  guard varchar not null,
  agent varchar not null,
  scope varchar not null,
  tool_name varchar not null,
  topic varchar not null,
  evidence varchar not null,
  policy_hash varchar not null,
  reason_pattern varchar not null,
  consumer_group varchar not null,
  service varchar not null,
  file varchar not null,
  -- Denials of this kind, under no filter.
  denials bigint not null
);

-- When each denial was; `number` is its receipt's row, or -1 less the record of a claim.
create or replace table denial_moment (
  kind integer not null,
  number bigint not null,
  timestamp ubigint
);
