-- How far the reading back of each copy is, and what it found damaged. A sample begins after the
-- object named in cursor; empty: at the first. Times are milliseconds since 1970 UTC.
CREATE TABLE backup_copy_reading (
  place INTEGER NOT NULL REFERENCES backup_place (id),
  plan INTEGER NOT NULL,
  repository TEXT NOT NULL,
  cursor TEXT NOT NULL DEFAULT '',
  cycle_at INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  read_at INTEGER,
  whole_at INTEGER,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  objects INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  problem TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (place, plan, repository)
) STRICT;

CREATE TABLE backup_copy_damage (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL REFERENCES backup_place (id),
  plan INTEGER NOT NULL,
  repository TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  trouble TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  tried_at INTEGER,
  healed_at INTEGER
) STRICT;

CREATE INDEX backup_copy_damage_of ON backup_copy_damage (place, plan, healed_at);
