-- Snapshots that a cut run has left beside the one that its row names: sealed by the recovery, and
-- let go with the run's own.
CREATE TABLE backup_left (
  snapshot TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES backup_run (id)
) STRICT;
CREATE INDEX backup_left_run ON backup_left (run);
