-- How far the hunt for the new indicators of a revision is: indicators are taken in batches by
-- rising id, each batch goes through the partitions by falling day; partition is the last one done
-- for the batch that begins behind after_id. Times are milliseconds since 1970 UTC.
CREATE TABLE indicator_hunt (
  revision INTEGER PRIMARY KEY,
  after_id INTEGER NOT NULL DEFAULT 0,
  partition TEXT NOT NULL DEFAULT '',
  indicators INTEGER NOT NULL DEFAULT 0,
  hits INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER
) STRICT;

-- What hunts of people found.
CREATE TABLE indicator_hunt_found (
  job INTEGER NOT NULL,
  stream TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  wanted TEXT NOT NULL,
  at INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  weak INTEGER NOT NULL,
  PRIMARY KEY (job, stream, sequence, wanted)
) STRICT, WITHOUT ROWID;
