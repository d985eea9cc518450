-- The receipt store of the shipped system, as far as this server writes it: the same names, types and
-- triggers, so that its command line and this project's own drop zone open the file. Tables of other
-- products (credit, liability, underwriting, federation) are left to the program that fills them.

CREATE TABLE IF NOT EXISTS chio_tool_receipts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt_id TEXT NOT NULL UNIQUE,
  timestamp INTEGER NOT NULL,
  capability_id TEXT NOT NULL,
  subject_key TEXT,
  issuer_key TEXT,
  grant_index INTEGER,
  tool_server TEXT NOT NULL,
  tool_name TEXT NOT NULL,
  decision_kind TEXT NOT NULL,
  policy_hash TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  raw_json TEXT NOT NULL,
  tenant_id TEXT
);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_timestamp ON chio_tool_receipts (timestamp);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_capability ON chio_tool_receipts (capability_id);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_subject ON chio_tool_receipts (subject_key);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_grant
  ON chio_tool_receipts (capability_id, grant_index);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_tool ON chio_tool_receipts (tool_server, tool_name);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_decision ON chio_tool_receipts (decision_kind);
CREATE INDEX IF NOT EXISTS idx_chio_tool_receipts_tenant ON chio_tool_receipts (tenant_id);

CREATE TABLE IF NOT EXISTS chio_child_receipts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt_id TEXT NOT NULL UNIQUE,
  timestamp INTEGER NOT NULL,
  session_id TEXT NOT NULL,
  parent_request_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  operation_kind TEXT NOT NULL,
  terminal_state TEXT NOT NULL,
  policy_hash TEXT NOT NULL,
  outcome_hash TEXT NOT NULL,
  raw_json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_chio_child_receipts_timestamp ON chio_child_receipts (timestamp);
CREATE INDEX IF NOT EXISTS idx_chio_child_receipts_session ON chio_child_receipts (session_id);
CREATE INDEX IF NOT EXISTS idx_chio_child_receipts_parent
  ON chio_child_receipts (parent_request_id);
CREATE INDEX IF NOT EXISTS idx_chio_child_receipts_request ON chio_child_receipts (request_id);

CREATE TABLE IF NOT EXISTS claim_receipt_log_entries (
  entry_seq INTEGER PRIMARY KEY AUTOINCREMENT,
  receipt_id TEXT NOT NULL UNIQUE,
  receipt_kind TEXT NOT NULL,
  source_seq INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  capability_id TEXT,
  session_id TEXT,
  parent_request_id TEXT,
  request_id TEXT,
  subject_key TEXT,
  issuer_key TEXT,
  tool_server TEXT,
  tool_name TEXT,
  raw_json TEXT NOT NULL,
  CHECK (receipt_kind IN ('tool_receipt', 'child_receipt')),
  CHECK (
    (receipt_kind = 'tool_receipt'
      AND capability_id IS NOT NULL AND tool_server IS NOT NULL AND tool_name IS NOT NULL
      AND session_id IS NULL AND parent_request_id IS NULL AND request_id IS NULL)
    OR (receipt_kind = 'child_receipt'
      AND session_id IS NOT NULL AND parent_request_id IS NOT NULL AND request_id IS NOT NULL
      AND capability_id IS NULL AND tool_server IS NULL AND tool_name IS NULL)
  )
);
CREATE UNIQUE INDEX IF NOT EXISTS idx_claim_receipt_log_kind_source
  ON claim_receipt_log_entries (receipt_kind, source_seq);
CREATE INDEX IF NOT EXISTS idx_claim_receipt_log_timestamp
  ON claim_receipt_log_entries (timestamp, entry_seq);
CREATE INDEX IF NOT EXISTS idx_claim_receipt_log_tool
  ON claim_receipt_log_entries (tool_server, tool_name, timestamp)
  WHERE receipt_kind = 'tool_receipt';
CREATE INDEX IF NOT EXISTS idx_claim_receipt_log_child_request
  ON claim_receipt_log_entries (session_id, request_id, timestamp)
  WHERE receipt_kind = 'child_receipt';

CREATE TRIGGER IF NOT EXISTS chio_tool_receipts_project_claim_log_entry
AFTER INSERT ON chio_tool_receipts
BEGIN
  INSERT OR IGNORE INTO claim_receipt_log_entries (
    receipt_id, receipt_kind, source_seq, timestamp, capability_id,
    subject_key, issuer_key, tool_server, tool_name, raw_json
  ) VALUES (
    NEW.receipt_id, 'tool_receipt', NEW.seq, NEW.timestamp, NEW.capability_id,
    NEW.subject_key, NEW.issuer_key, NEW.tool_server, NEW.tool_name, NEW.raw_json
  );
END;
CREATE TRIGGER IF NOT EXISTS chio_child_receipts_project_claim_log_entry
AFTER INSERT ON chio_child_receipts
BEGIN
  INSERT OR IGNORE INTO claim_receipt_log_entries (
    receipt_id, receipt_kind, source_seq, timestamp, session_id,
    parent_request_id, request_id, raw_json
  ) VALUES (
    NEW.receipt_id, 'child_receipt', NEW.seq, NEW.timestamp, NEW.session_id,
    NEW.parent_request_id, NEW.request_id, NEW.raw_json
  );
END;
CREATE TRIGGER IF NOT EXISTS claim_receipt_log_entries_reject_update
BEFORE UPDATE ON claim_receipt_log_entries
BEGIN
  SELECT RAISE(ABORT, 'claim receipt log entries are immutable');
END;
CREATE TRIGGER IF NOT EXISTS claim_receipt_log_entries_reject_delete
BEFORE DELETE ON claim_receipt_log_entries
BEGIN
  SELECT RAISE(ABORT, 'claim receipt log entries are immutable');
END;

CREATE TABLE IF NOT EXISTS capability_lineage (
  capability_id TEXT PRIMARY KEY,
  subject_key TEXT NOT NULL,
  issuer_key TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  grants_json TEXT NOT NULL,
  delegation_depth INTEGER NOT NULL DEFAULT 0,
  parent_capability_id TEXT
);
CREATE INDEX IF NOT EXISTS idx_capability_lineage_subject ON capability_lineage (subject_key);
CREATE INDEX IF NOT EXISTS idx_capability_lineage_issuer ON capability_lineage (issuer_key);
CREATE INDEX IF NOT EXISTS idx_capability_lineage_issued_at ON capability_lineage (issued_at);
CREATE INDEX IF NOT EXISTS idx_capability_lineage_parent
  ON capability_lineage (parent_capability_id);

CREATE TABLE IF NOT EXISTS http_receipts (
  id TEXT PRIMARY KEY,
  request_id TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  receipt_json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_http_receipts_request ON http_receipts (request_id);
