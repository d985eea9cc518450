-- Tokens that this server issued, so that a client may name one by its id.

CREATE TABLE IF NOT EXISTS explorer_issued_capabilities (
  capability_id TEXT PRIMARY KEY,
  token_json TEXT NOT NULL
) WITHOUT ROWID;

-- What a narrowed token came from: the token that it narrows, that one's ancestors, and the key of its issuer.
-- Revoking any of them revokes the narrowed token too.

CREATE TABLE IF NOT EXISTS explorer_capability_origins (
  capability_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY (capability_id, origin)
) WITHOUT ROWID;
