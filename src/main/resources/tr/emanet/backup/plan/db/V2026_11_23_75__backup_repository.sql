-- What this appliance knows of each repository by itself: the newest seal, and how the last look
-- ended. Times are milliseconds since 1970 UTC of this appliance.
CREATE TABLE backup_repository (
  address TEXT PRIMARY KEY,
  head_sequence INTEGER NOT NULL DEFAULT 0,
  head_digest TEXT NOT NULL DEFAULT '',
  rolled_back_at INTEGER,
  next_upkeep INTEGER,
  looked_at INTEGER,
  failed_since INTEGER,
  problem TEXT NOT NULL DEFAULT '',
  findings TEXT NOT NULL DEFAULT '[]',
  findings_since INTEGER,
  unstamped TEXT NOT NULL DEFAULT '',
  sweep_after INTEGER,
  swept_at INTEGER,
  freed_bytes INTEGER NOT NULL DEFAULT 0,
  adopt_asked_by TEXT NOT NULL DEFAULT '',
  adopt_asked_at INTEGER,
  adopt_why TEXT NOT NULL DEFAULT ''
) STRICT;
