-- People, their roles and what they sign in with. Times are milliseconds since 1970 UTC. Ids and
-- codes are stored as SHA-256 in hex, passwords as Argon2id in the PHC string format.
CREATE TABLE person (
  name TEXT PRIMARY KEY,
  display_name TEXT NOT NULL,
  password TEXT,
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  reset_code TEXT,
  reset_expires_at INTEGER
) STRICT;

CREATE TABLE person_role (
  name TEXT NOT NULL REFERENCES person (name),
  role TEXT NOT NULL,
  PRIMARY KEY (name, role)
) STRICT;

CREATE TABLE session (
  id_hash TEXT PRIMARY KEY,
  name TEXT NOT NULL REFERENCES person (name),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL
) STRICT;

CREATE INDEX session_name ON session (name);

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  owner TEXT REFERENCES person (name),
  created_by TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  revoked_at INTEGER
) STRICT;
