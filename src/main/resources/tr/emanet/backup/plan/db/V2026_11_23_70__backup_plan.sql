-- Backup jobs and their runs. Times are milliseconds since 1970 UTC of this appliance.
CREATE TABLE backup_plan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  spec TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  next_run INTEGER,
  paused INTEGER NOT NULL DEFAULT 0,
  frozen_at INTEGER,
  frozen_why TEXT NOT NULL DEFAULT '',
  keep_approved TEXT NOT NULL DEFAULT '',
  keep_asked TEXT NOT NULL DEFAULT '',
  keep_asked_by TEXT NOT NULL DEFAULT '',
  keep_asked_at INTEGER,
  removed_at INTEGER
) STRICT;

CREATE TABLE backup_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan INTEGER NOT NULL REFERENCES backup_plan (id),
  job INTEGER NOT NULL,
  cause TEXT NOT NULL,
  owner TEXT NOT NULL,
  repository TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 1,
  snapshot TEXT NOT NULL DEFAULT '',
  seal TEXT NOT NULL DEFAULT '',
  entries INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  read_bytes INTEGER NOT NULL DEFAULT 0,
  new_bytes INTEGER NOT NULL DEFAULT 0,
  stored_bytes INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  unread_list TEXT NOT NULL DEFAULT '',
  findings TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT '',
  expired_at INTEGER
) STRICT;
CREATE INDEX backup_run_plan ON backup_run (plan, id);
CREATE UNIQUE INDEX backup_run_job ON backup_run (job);
