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
  policy_hash varchar not null,
  reason_pattern varchar not null,
  scope varchar not null,
  topic varchar not null,
  source_partition ubigint,
  source_offset ubigint,
  message_key varchar not null,
  consumer_group varchar not null,
  cost_units ubigint,
  cost_currency varchar not null,
  -- The guards that it says ran, coded (lib/verification/guard-list.ts); the view `guards` reads them.
  guards varchar not null
);

-- One row for each dead letter that was read, in the order of the Arrow batches
-- (lib/database/dead-letter-batch.ts). Numbers that are not said are null, texts empty.
create table dead_letter (
  record integer not null,
  file varchar not null,
  line ubigint,
  form varchar not null,
  fidelity varchar not null,
  kind varchar not null,
  topic varchar not null,
  "partition" ubigint,
  record_offset ubigint,
  time_ms ubigint,
  message_key varchar not null,
  receipt_id varchar not null,
  request_id varchar not null,
  source_topic varchar not null,
  source_partition ubigint,
  source_offset ubigint,
  verdict varchar not null,
  guard varchar not null,
  reason varchar not null,
  reason_pattern varchar not null,
  agent varchar not null,
  scope varchar not null,
  tool_name varchar not null,
  consumer_group varchar not null,
  second ubigint,
  payload_bytes ubigint,
  failure varchar not null,
  ids varchar not null,
  verdicts varchar not null,
  coordinates varchar not null,
  headers varchar not null,
  payload varchar not null
);

-- What the enabled rules found; filled by whoever ran them.
create table alert (
  alert integer not null,
  rule varchar not null,
  name varchar not null,
  severity varchar not null,
  fired_at ubigint,
  since ubigint,
  grouped_by varchar not null,
  measure double not null,
  threshold double not null,
  events integer not null,
  held integer not null,
  held_until ubigint
);
