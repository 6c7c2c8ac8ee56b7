-- Duties to keep. Days as YYYY-MM-DD, null: without a limit; times are milliseconds since 1970 UTC.
CREATE TABLE legal_hold (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  stream TEXT NOT NULL,
  from_day TEXT,
  to_day TEXT,
  reason TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  release_by TEXT NOT NULL DEFAULT '',
  release_reason TEXT NOT NULL DEFAULT '',
  release_asked_at INTEGER,
  released_by TEXT NOT NULL DEFAULT '',
  released_at INTEGER
) STRICT;

-- What destruction records name; the records below seals/ are the truth, this is how far each is.
CREATE TABLE destroyed_segment (
  path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  record INTEGER NOT NULL,
  record_sha256 TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  checkpoint INTEGER
) STRICT;

CREATE INDEX destroyed_segment_open ON destroyed_segment (deleted, checkpoint);

-- The wall clock that was believed last, beside the machine's own count.
CREATE TABLE keep_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  boot TEXT NOT NULL,
  anchor INTEGER NOT NULL,
  anchor_since INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  jump_expected INTEGER,
  jump_shown INTEGER,
  jump_restarted INTEGER NOT NULL DEFAULT 0
) STRICT;
