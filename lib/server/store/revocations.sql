-- The revocation store of the shipped system, and beside it the nonces of proofs of possession: what was
-- taken must stay taken after a crash, or a proof could be presented twice.

CREATE TABLE IF NOT EXISTS revoked_capabilities (
  capability_id TEXT PRIMARY KEY,
  revoked_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS idx_revoked_capabilities_revoked_at
  ON revoked_capabilities (revoked_at);

CREATE TABLE IF NOT EXISTS explorer_taken_nonces (
  nonce_key TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS idx_explorer_taken_nonces_expires_at
  ON explorer_taken_nonces (expires_at);
