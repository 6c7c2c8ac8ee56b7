-- Long-running work. Times are milliseconds since 1970 UTC. A row that is running when the process
-- starts was interrupted by its end and is taken up again, at its token.
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  owner TEXT NOT NULL,
  input TEXT NOT NULL,
  state TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL DEFAULT '',
  queued_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX job_kind ON job (kind, id);
CREATE INDEX job_unfinished ON job (kind, id) WHERE ended_at IS NULL;
