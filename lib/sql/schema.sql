-- One row for each receipt that was read. The order of columns is that of the Arrow batches
-- (lib/database/receipt-batch.ts). Bodies, hashes and signatures stay in the files.
create table receipt (
  row integer not null,
  file varchar not null,
  seq ubigint,
  timestamp ubigint,
  form varchar not null,
  kernel_key varchar not null,
  id varchar not null,
  capability_id varchar not null,
  agent varchar not null,
  service varchar not null,
  tool_server varchar not null,
  tool_name varchar not null,
  decision varchar not null,
  guard varchar not null,
  reason varchar not null,
  trust_level varchar not null,
  tenant_id varchar not null,
  policy_hash varchar not null
);

-- What each receipt amounts to, in the order of `receipt`; empty until the run is concluded.
create table receipt_status (
  row integer not null,
  integrity varchar not null,
  inclusion varchar not null,
  checkpoint_seq ubigint,
  -- The row that stands for the same receipt, where this one is a copy of it.
  copy_of ubigint
);

-- What led to what, in the order of the consequences; filled with the statuses.
create table edge (
  child_row integer not null,
  -- Null where the parent is not loaded; then its name is given.
  parent_row ubigint,
  parent_name varchar not null,
  sources varchar not null,
  strength varchar not null
);

-- Which capability was handed on from which.
create table delegation (
  capability_id varchar not null,
  parent_capability_id varchar not null,
  strength varchar not null
);
