-- Healing between a repository and a copy of it: who asked for it, what is sound again, and what
-- is not. Names are lines; the counts count all of them. Times are milliseconds since 1970 UTC.
CREATE TABLE backup_heal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  place INTEGER NOT NULL REFERENCES backup_place (id),
  plan INTEGER NOT NULL,
  repository TEXT NOT NULL,
  side TEXT NOT NULL,
  owner TEXT NOT NULL,
  state TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  ended_at INTEGER,
  healed INTEGER NOT NULL DEFAULT 0,
  healed_names TEXT NOT NULL DEFAULT '',
  left_over INTEGER NOT NULL DEFAULT 0,
  left_names TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX backup_heal_of ON backup_heal (plan, place, id);
