-- Repositories that no job uses and that people gave up: nobody looks after them, they have no
-- alarms. at is milliseconds since 1970 UTC of this appliance.
CREATE TABLE backup_retired (
  address TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
