-- Requests to restore. Times are milliseconds since 1970 UTC of this appliance.
CREATE TABLE restore_order (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plan TEXT NOT NULL,
  state TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  preview TEXT NOT NULL DEFAULT '',
  preview_lists TEXT NOT NULL DEFAULT '',
  asked_by TEXT NOT NULL DEFAULT '',
  asked_why TEXT NOT NULL DEFAULT '',
  asked_at INTEGER,
  job INTEGER NOT NULL DEFAULT 0,
  begun_at INTEGER,
  paused_at INTEGER,
  ended_at INTEGER,
  bytes INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  current TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE restore_approval (
  request INTEGER NOT NULL REFERENCES restore_order (id),
  kind TEXT NOT NULL,
  person TEXT NOT NULL,
  at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (request, kind)
) STRICT;

CREATE TABLE restore_sample (
  request INTEGER NOT NULL REFERENCES restore_order (id),
  at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  files INTEGER NOT NULL,
  PRIMARY KEY (request, at)
) STRICT, WITHOUT ROWID;
