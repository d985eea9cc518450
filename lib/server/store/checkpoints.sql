-- Signed statements and the projections that the shipped system keeps of them: names, types and triggers
-- are its own. A statement is appended after its predecessor and never changed.

CREATE TABLE IF NOT EXISTS kernel_checkpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  checkpoint_seq INTEGER NOT NULL UNIQUE,
  batch_start_seq INTEGER NOT NULL,
  batch_end_seq INTEGER NOT NULL,
  tree_size INTEGER NOT NULL,
  merkle_root TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  statement_json TEXT NOT NULL,
  signature TEXT NOT NULL,
  kernel_key TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_kernel_checkpoints_batch_end ON kernel_checkpoints (batch_end_seq);

CREATE TABLE IF NOT EXISTS checkpoint_tree_heads (
  checkpoint_seq INTEGER PRIMARY KEY
    REFERENCES kernel_checkpoints (checkpoint_seq) ON DELETE CASCADE,
  batch_start_seq INTEGER NOT NULL,
  batch_end_seq INTEGER NOT NULL,
  tree_size INTEGER NOT NULL,
  merkle_root TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  kernel_key TEXT NOT NULL,
  previous_checkpoint_sha256 TEXT,
  statement_json TEXT NOT NULL,
  signature TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_checkpoint_tree_heads_tree_size
  ON checkpoint_tree_heads (tree_size);
CREATE INDEX IF NOT EXISTS idx_checkpoint_tree_heads_previous
  ON checkpoint_tree_heads (previous_checkpoint_sha256);

CREATE TABLE IF NOT EXISTS checkpoint_predecessor_witnesses (
  predecessor_checkpoint_seq INTEGER NOT NULL
    REFERENCES checkpoint_tree_heads (checkpoint_seq) ON DELETE CASCADE,
  witness_checkpoint_seq INTEGER PRIMARY KEY
    REFERENCES checkpoint_tree_heads (checkpoint_seq) ON DELETE CASCADE,
  previous_checkpoint_sha256 TEXT NOT NULL,
  witnessed_at INTEGER NOT NULL,
  witness_statement_json TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_checkpoint_predecessor_witnesses_predecessor
  ON checkpoint_predecessor_witnesses (predecessor_checkpoint_seq);
CREATE INDEX IF NOT EXISTS idx_checkpoint_predecessor_witnesses_previous
  ON checkpoint_predecessor_witnesses (previous_checkpoint_sha256);

CREATE TABLE IF NOT EXISTS checkpoint_publication_metadata (
  checkpoint_seq INTEGER PRIMARY KEY
    REFERENCES kernel_checkpoints (checkpoint_seq) ON DELETE CASCADE,
  publication_schema TEXT NOT NULL,
  merkle_root TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  kernel_key TEXT NOT NULL,
  log_tree_size INTEGER NOT NULL,
  entry_start_seq INTEGER NOT NULL,
  entry_end_seq INTEGER NOT NULL,
  previous_checkpoint_sha256 TEXT
);
CREATE INDEX IF NOT EXISTS idx_checkpoint_publication_metadata_published_at
  ON checkpoint_publication_metadata (published_at);
CREATE INDEX IF NOT EXISTS idx_checkpoint_publication_metadata_log_tree_size
  ON checkpoint_publication_metadata (log_tree_size);
CREATE INDEX IF NOT EXISTS idx_checkpoint_publication_metadata_previous
  ON checkpoint_publication_metadata (previous_checkpoint_sha256);

CREATE TABLE IF NOT EXISTS checkpoint_publication_trust_anchor_bindings (
  checkpoint_seq INTEGER PRIMARY KEY
    REFERENCES kernel_checkpoints (checkpoint_seq) ON DELETE CASCADE,
  binding_json TEXT NOT NULL
);

CREATE TRIGGER IF NOT EXISTS kernel_checkpoints_enforce_append_only
BEFORE INSERT ON kernel_checkpoints
BEGIN
  SELECT CASE
    WHEN NEW.checkpoint_seq < 1
      THEN RAISE(ABORT, 'checkpoint_seq must be greater than zero')
    WHEN NEW.batch_start_seq < 1
      THEN RAISE(ABORT, 'batch_start_seq must be greater than zero')
    WHEN NEW.batch_end_seq < NEW.batch_start_seq
      THEN RAISE(ABORT, 'checkpoint batch_end_seq must be >= batch_start_seq')
    WHEN NEW.tree_size < 1
      THEN RAISE(ABORT, 'checkpoint tree_size must be greater than zero')
    WHEN EXISTS (
      SELECT 1 FROM kernel_checkpoints known WHERE known.checkpoint_seq >= NEW.checkpoint_seq
    )
      THEN RAISE(ABORT, 'kernel checkpoints must be appended in strictly increasing checkpoint_seq order')
    WHEN NEW.checkpoint_seq > 1 AND NOT EXISTS (
      SELECT 1 FROM kernel_checkpoints predecessor
      WHERE predecessor.checkpoint_seq = NEW.checkpoint_seq - 1
        AND predecessor.batch_end_seq + 1 = NEW.batch_start_seq
    )
      THEN RAISE(ABORT, 'kernel checkpoint predecessor continuity violation')
  END;
END;
CREATE TRIGGER IF NOT EXISTS kernel_checkpoints_project_tree_head
AFTER INSERT ON kernel_checkpoints
BEGIN
  INSERT OR IGNORE INTO checkpoint_tree_heads (
    checkpoint_seq, batch_start_seq, batch_end_seq, tree_size, merkle_root, issued_at, kernel_key,
    previous_checkpoint_sha256, statement_json, signature
  ) VALUES (
    NEW.checkpoint_seq, NEW.batch_start_seq, NEW.batch_end_seq, NEW.tree_size, NEW.merkle_root,
    NEW.issued_at, NEW.kernel_key,
    CAST(json_extract(NEW.statement_json, '$.previous_checkpoint_sha256') AS TEXT),
    NEW.statement_json, NEW.signature
  );
  INSERT OR IGNORE INTO checkpoint_predecessor_witnesses (
    predecessor_checkpoint_seq, witness_checkpoint_seq, previous_checkpoint_sha256, witnessed_at,
    witness_statement_json
  )
  SELECT
    NEW.checkpoint_seq - 1, NEW.checkpoint_seq,
    CAST(json_extract(NEW.statement_json, '$.previous_checkpoint_sha256') AS TEXT),
    NEW.issued_at, NEW.statement_json
  WHERE json_extract(NEW.statement_json, '$.previous_checkpoint_sha256') IS NOT NULL;
  INSERT OR IGNORE INTO checkpoint_publication_metadata (
    checkpoint_seq, publication_schema, merkle_root, published_at, kernel_key, log_tree_size,
    entry_start_seq, entry_end_seq, previous_checkpoint_sha256
  ) VALUES (
    NEW.checkpoint_seq, 'chio.checkpoint_publication.v1', NEW.merkle_root, NEW.issued_at,
    NEW.kernel_key, NEW.batch_end_seq, NEW.batch_start_seq, NEW.batch_end_seq,
    CAST(json_extract(NEW.statement_json, '$.previous_checkpoint_sha256') AS TEXT)
  );
END;
CREATE TRIGGER IF NOT EXISTS kernel_checkpoints_reject_update
BEFORE UPDATE ON kernel_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'kernel checkpoints are immutable');
END;
CREATE TRIGGER IF NOT EXISTS kernel_checkpoints_reject_delete
BEFORE DELETE ON kernel_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'kernel checkpoints are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_tree_heads_reject_update
BEFORE UPDATE ON checkpoint_tree_heads
BEGIN
  SELECT RAISE(ABORT, 'checkpoint tree heads are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_tree_heads_reject_delete
BEFORE DELETE ON checkpoint_tree_heads
BEGIN
  SELECT RAISE(ABORT, 'checkpoint tree heads are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_predecessor_witnesses_reject_update
BEFORE UPDATE ON checkpoint_predecessor_witnesses
BEGIN
  SELECT RAISE(ABORT, 'checkpoint predecessor witnesses are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_predecessor_witnesses_reject_delete
BEFORE DELETE ON checkpoint_predecessor_witnesses
BEGIN
  SELECT RAISE(ABORT, 'checkpoint predecessor witnesses are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_publication_metadata_reject_update
BEFORE UPDATE ON checkpoint_publication_metadata
BEGIN
  SELECT RAISE(ABORT, 'checkpoint publication metadata is immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_publication_metadata_reject_delete
BEFORE DELETE ON checkpoint_publication_metadata
BEGIN
  SELECT RAISE(ABORT, 'checkpoint publication metadata is immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_publication_trust_anchor_bindings_reject_update
BEFORE UPDATE ON checkpoint_publication_trust_anchor_bindings
BEGIN
  SELECT RAISE(ABORT, 'checkpoint publication trust-anchor bindings are immutable');
END;
CREATE TRIGGER IF NOT EXISTS checkpoint_publication_trust_anchor_bindings_reject_delete
BEFORE DELETE ON checkpoint_publication_trust_anchor_bindings
BEGIN
  SELECT RAISE(ABORT, 'checkpoint publication trust-anchor bindings are immutable');
END;
