-- Acts with keys that wait for a second person, and eras. Times are milliseconds since 1970 UTC.
CREATE TABLE backup_key_request (
  kind TEXT NOT NULL CHECK (kind IN ('password', 'era', 'escrow')),
  subject TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (kind, subject)
) STRICT;

CREATE TABLE backup_era (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL UNIQUE,
  followed_by TEXT NOT NULL,
  begun_by TEXT NOT NULL,
  begun_at INTEGER NOT NULL,
  closed_by TEXT NOT NULL DEFAULT '',
  closed_at INTEGER
) STRICT;
