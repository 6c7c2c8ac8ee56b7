-- Failed log-ins of the last hour and the pairs of account and address that signed in before. Keys
-- are SHA-256 in hex of account and address: people type passwords into the wrong field.
CREATE TABLE login_failure (
  key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  open_at INTEGER NOT NULL
) STRICT;

CREATE TABLE login_known (
  key TEXT PRIMARY KEY,
  seen_at INTEGER NOT NULL
) STRICT;
