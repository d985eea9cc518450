-- Tokens that this server issued, so that a client may name one by its id. `attenuated_from`: the token that
-- it narrows; revoking that one revokes this one too.

CREATE TABLE IF NOT EXISTS explorer_issued_capabilities (
  capability_id TEXT PRIMARY KEY,
  attenuated_from TEXT,
  token_json TEXT NOT NULL
) WITHOUT ROWID;
