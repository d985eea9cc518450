-- The budget store of the shipped system. Its rows carry no currency, which two budgets must never be
-- compared without: that one fact has a table of our own.

CREATE TABLE IF NOT EXISTS capability_grant_budgets (
  capability_id TEXT NOT NULL,
  grant_index INTEGER NOT NULL,
  invocation_count INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  total_cost_exposed INTEGER NOT NULL DEFAULT 0,
  total_cost_realized_spend INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (capability_id, grant_index)
);
CREATE INDEX IF NOT EXISTS idx_capability_grant_budgets_updated_at
  ON capability_grant_budgets (updated_at);
CREATE INDEX IF NOT EXISTS idx_capability_grant_budgets_seq ON capability_grant_budgets (seq);

CREATE TABLE IF NOT EXISTS budget_replication_meta (
  singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
  next_seq INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS budget_authorization_holds (
  hold_id TEXT PRIMARY KEY,
  capability_id TEXT NOT NULL,
  grant_index INTEGER NOT NULL,
  authorized_exposure_units INTEGER NOT NULL,
  remaining_exposure_units INTEGER NOT NULL,
  invocation_count_debited INTEGER NOT NULL,
  disposition TEXT NOT NULL,
  authority_id TEXT,
  lease_id TEXT,
  lease_epoch INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_budget_authorization_holds_capability
  ON budget_authorization_holds (capability_id, grant_index);

CREATE TABLE IF NOT EXISTS budget_mutation_events (
  event_id TEXT PRIMARY KEY,
  hold_id TEXT,
  capability_id TEXT NOT NULL,
  grant_index INTEGER NOT NULL,
  kind TEXT NOT NULL,
  allowed INTEGER,
  recorded_at INTEGER NOT NULL,
  event_seq INTEGER,
  usage_seq INTEGER,
  exposure_units INTEGER NOT NULL DEFAULT 0,
  realized_spend_units INTEGER NOT NULL DEFAULT 0,
  max_invocations INTEGER,
  max_exposure_per_invocation INTEGER,
  max_total_exposure_units INTEGER,
  invocation_count_after INTEGER NOT NULL,
  total_cost_exposed_after INTEGER NOT NULL,
  total_cost_realized_spend_after INTEGER NOT NULL,
  authority_id TEXT,
  lease_id TEXT,
  lease_epoch INTEGER
);
CREATE INDEX IF NOT EXISTS idx_budget_mutation_events_capability
  ON budget_mutation_events (capability_id, grant_index, recorded_at);
CREATE UNIQUE INDEX IF NOT EXISTS idx_budget_mutation_events_event_seq
  ON budget_mutation_events (event_seq);

CREATE TABLE IF NOT EXISTS explorer_budget_currencies (
  capability_id TEXT NOT NULL,
  grant_index INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (capability_id, grant_index)
);
