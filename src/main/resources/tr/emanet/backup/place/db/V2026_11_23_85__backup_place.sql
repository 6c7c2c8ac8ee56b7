-- Second places of repositories, and the record of the copies to them. Times are milliseconds since
-- 1970 UTC of this appliance. Secrets are files, not rows.
CREATE TABLE backup_place (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  spec TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE backup_copy (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL REFERENCES backup_place (id),
  plan INTEGER NOT NULL,
  repository TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  objects INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX backup_copy_of ON backup_copy (place, plan, id);
